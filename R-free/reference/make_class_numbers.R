# Prediction strength and bootstrap instability of fpc on a fixed table of coordinates (the points
# of stability/), Ward's tree cut into 2, 3 and 4 classes, new points in the class of the nearest mean.
# Run from this folder after make_stability.R:  Rscript make_class_numbers.R
# Writes class_numbers/: halves.csv and draws.csv (points that were clustered, in fpc's order, and their
# classes), strength.csv, instability.csv, versions.csv.

suppressPackageStartupMessages(library(fpc))
options(digits = 15, warn = 1)
dir.create("class_numbers", showWarnings = FALSE)
points <- as.matrix(read.csv("stability/points.csv"))

drawn <- list()
key <- function(table) apply(round(table, 6), 1, paste, collapse = " ")
ward <- function(data, k, ...) {
  data <- as.matrix(data)
  partition <- cutree(hclust(dist(data), method = "ward.D2"), k)
  drawn[[length(drawn) + 1]] <<- data.frame(call = length(drawn) + 1, classes = k,
                                             point = match(key(data), key(points)), class = partition)
  list(result = NULL, nc = k, clusterlist = lapply(1:k, function(i) partition == i), partition = partition,
       clustermethod = "ward")
}
save <- function(table, name) write.csv(table, file.path("class_numbers", name), row.names = FALSE, quote = FALSE)

set.seed(3)
strength <- prediction.strength(points, Gmin = 2, Gmax = 4, M = 4, clustermethod = ward, classification = "centroid", count = FALSE)
save(do.call(rbind, drawn), "halves.csv")
str(strength$predcorr)
save(do.call(rbind, lapply(2:4, function(k) data.frame(classes = k, split = seq_along(strength$predcorr[[k]]),
     strength = format(as.vector(strength$predcorr[[k]]), digits = 15), mean = format(strength$mean.pred[k], digits = 15)))), "strength.csv")

drawn <- list()
instability <- nselectboot(points, B = 4, clustermethod = ward, classification = "centroid", krange = 2:4, count = FALSE)
save(do.call(rbind, drawn), "draws.csv")
save(data.frame(classes = 2:4, instability = format(instability$stabk[2:4], digits = 15)), "instability.csv")
save(data.frame(name = c("R", "fpc"), version = c(as.character(getRversion()), as.character(packageVersion("fpc")))), "versions.csv")
