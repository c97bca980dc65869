# Jaccard similarities of fpc::clusterboot on a fixed table of coordinates (the first three axes of
# the MCA of bfi, mca/bfi_rows.csv, rounded), Ward's tree cut into 3 classes, 20 resamples.
# Run from this folder: Rscript make_stability.R
# Writes stability/: points.csv, sample.csv (classes of all), resamples.csv (points drawn at least
# once, and their classes), jaccard.csv (similarity of every class of the sample with the class most
# like it in each resample, as clusterboot gives it), versions.csv.

suppressPackageStartupMessages(library(fpc))
options(digits = 15, warn = 1)
dir.create("stability", showWarnings = FALSE)

rows <- read.csv("mca/bfi_rows.csv", check.names = FALSE)
points <- unique(round(as.matrix(rows[, grep("coord|Dim|dim|axis", names(rows), ignore.case = TRUE)][, 1:3]), 6))

dimnames(points) <- list(NULL, c("x", "y", "z"))

drawn <- list()
ward <- function(data, k) {
  partition <- cutree(hclust(dist(data), method = "ward.D2"), k)
  # clusterboot tells nobody which points it drew: they are found by their coordinates.
  key <- function(table) apply(round(table, 6), 1, paste, collapse = " ")
  drawn[[length(drawn) + 1]] <<- data.frame(point = match(key(data), key(points)), class = partition)
  list(result = NULL, nc = k, clusterlist = lapply(1:k, function(i) partition == i),
       partition = partition, clustermethod = "ward")
}
result <- clusterboot(points, B = 20, bootmethod = "boot", clustermethod = ward, k = 3, seed = 5,
                      count = FALSE)
stopifnot(length(drawn) == 21)

save <- function(table, name) write.csv(table, file.path("stability", name), row.names = FALSE, quote = FALSE)
save(as.data.frame(points), "points.csv")
save(drawn[[1]], "sample.csv")
save(do.call(rbind, lapply(1:20, function(i) cbind(replicate = i, drawn[[i + 1]]))), "resamples.csv")
jaccard <- as.data.frame(t(result$bootresult))
names(jaccard) <- paste0("class_", 1:3)
save(cbind(replicate = 1:20, format(jaccard, digits = 15)), "jaccard.csv")
save(data.frame(name = c("R", "fpc"), version = c(as.character(getRversion()), as.character(packageVersion("fpc")))), "versions.csv")
cat(sprintf("mean Jaccard: %s\n", paste(round(result$bootmean, 4), collapse = " ")))
