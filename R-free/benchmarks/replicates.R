# Times whole-chain bootstrap replicates of FactoMineR (MCA + HCPC) compared by fpc's Jaccard.
# usage: Rscript replicates.R TABLE.csv AXES CLASSES REPEATS
# prints: seconds of every replicate.
suppressPackageStartupMessages({library(FactoMineR); library(fpc)})
arguments <- commandArgs(trailingOnly = TRUE)
answers <- read.csv(arguments[1], colClasses = "factor", check.names = FALSE)
axes <- as.integer(arguments[2])
classes <- as.integer(arguments[3])
n <- nrow(answers)
chain <- function(rows) {
  table <- droplevels(answers[rows, ])
  rownames(table) <- NULL
  mca <- MCA(table, ncp = axes, graph = FALSE)
  as.integer(HCPC(mca, nb.clust = classes, graph = FALSE)$call$X[as.character(seq_len(n)), "clust"])
}
own <- chain(seq_len(n))
set.seed(1)
for (i in seq_len(as.integer(arguments[4]))) {
  seconds <- system.time({
    rows <- sample(n, n, replace = TRUE)
    found <- chain(rows)
    here <- !duplicated(rows)
    similarity <- outer(seq_len(classes), seq_len(classes), Vectorize(function(a, b)
      clujaccard(own[rows[here]] == a, found[here] == b, zerobyzero = 0)))
  })[["elapsed"]]
  cat(sprintf("%.5f\n", seconds))
}
