# Times MCA + HCPC (with its class description) of FactoMineR on one table of answers.
# usage: Rscript factominer.R TABLE.csv AXES REPEATS
# prints: seconds of every repeat for MCA, then for HCPC, then the number of classes.
suppressPackageStartupMessages(library(FactoMineR))
arguments <- commandArgs(trailingOnly = TRUE)
answers <- read.csv(arguments[1], colClasses = "factor", check.names = FALSE)
axes <- as.integer(arguments[2])
for (i in seq_len(as.integer(arguments[3]))) {
  mca_time <- system.time(mca <- MCA(answers, ncp = axes, graph = FALSE))[["elapsed"]]
  hcpc_time <- system.time(
    hcpc <- HCPC(mca, nb.clust = -1, min = 3, max = 10, graph = FALSE)
  )[["elapsed"]]
  cat(sprintf("%.4f %.4f %d\n", mca_time, hcpc_time, nlevels(hcpc$data.clust$clust)))
}
