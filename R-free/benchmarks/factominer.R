# Times MCA + HCPC (with its class description) of FactoMineR on one table of answers.
# usage: Rscript factominer.R TABLE.csv AXES REPEATS
# prints, for every repeat: seconds by the clock, processor seconds, the number of classes.
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
  cat(sprintf("%.4f %.4f %d\n", times[["elapsed"]], processor, nlevels(hcpc$data.clust$clust)))
}
