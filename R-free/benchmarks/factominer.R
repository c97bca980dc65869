# Times MCA + HCPC (with its class description) of FactoMineR on one table of answers.
# usage: Rscript factominer.R TABLE.csv AXES REPEATS
# prints, for every repeat, seconds by the clock and of the processor; then what was found:
# the eigenvalues, the class of every respondent, the versions of R and FactoMineR, the linear algebra.
suppressPackageStartupMessages(library(FactoMineR))
arguments <- commandArgs(trailingOnly = TRUE)
answers <- read.csv(arguments[1], colClasses = "factor", check.names = FALSE)
axes <- as.integer(arguments[2])
for (i in seq_len(as.integer(arguments[3]))) {
  times <- system.time({
    mca <- MCA(answers, ncp = axes, graph = FALSE)
    hcpc <- HCPC(mca, nb.clust = -1, min = 3, max = 10, graph = FALSE)
  })
  processor <- times[["user.self"]] + times[["sys.self"]]
  cat(sprintf("time %.4f %.4f\n", times[["elapsed"]], processor))
}
classes <- hcpc$data.clust[rownames(answers), "clust"]
cat("eigenvalues", sprintf("%.12f", mca$eig[seq_len(axes), 1]), "\n")
cat("classes", as.integer(classes), "\n")
cat("versions", as.character(getRversion()), as.character(packageVersion("FactoMineR")), "\n")
cat("algebra", normalizePath(extSoftVersion()[["BLAS"]]), "\n")
