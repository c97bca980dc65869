# Writes what regularised iterative MCA puts into gaps, with FactoMineR for the axes:
# missing/<case>.csv. Run from R-free/reference after make_data.R:  Rscript make_missing.R
# The loop is that of Josse, Chavent, Liquet & Husson (2012), written out in its plainest form:
# the correspondence analysis of the fuzzy indicator table each time, until the cells stop moving.
suppressMessages(library(FactoMineR))

fill_gaps <- function(factors, gap, n_axes, regularised = TRUE) {
  n_categories <- sapply(factors, nlevels)
  variable_of <- rep(seq_along(factors), n_categories)
  gaps <- gap[, variable_of]
  fuzzy <- tab.disjonctif(factors)
  shares <- colSums(fuzzy * !gaps) / colSums(!gaps)
  fuzzy[gaps] <- matrix(shares, nrow(fuzzy), ncol(fuzzy), byrow = TRUE)[gaps]
  rank <- min(nrow(fuzzy) - 1, sum(n_categories - 1))
  for (iteration in 1:5000) {
    result <- CA(fuzzy, ncp = rank, graph = FALSE)
    eigenvalues <- result$eig[1:rank, 1]
    kept <- eigenvalues[1:n_axes]
    noise <- if (regularised) mean(eigenvalues[(n_axes + 1):rank]) else 0
    # Rows and columns are linked by F G' / sqrt(lambda): the part above 1 of each cell's ratio.
    ratios <- sweep(result$row$coord[, 1:n_axes, drop = FALSE], 2, (kept - noise) / kept^1.5, "*")
    ratios <- 1 + ratios %*% t(result$col$coord[, 1:n_axes, drop = FALSE])
    rebuilt <- sweep(ratios, 2, colMeans(fuzzy), "*")
    change <- max(abs(rebuilt[gaps] - fuzzy[gaps]))
    fuzzy[gaps] <- rebuilt[gaps]
    if (change < 1e-11) break
  }
  stopifnot(change < 1e-11)
  where <- which(gaps, arr.ind = TRUE)
  where <- where[order(where[, 1], where[, 2]), ]
  data.frame(
    row = where[, 1] - 1,
    variable = names(factors)[variable_of[where[, 2]]],
    category = unlist(lapply(factors, levels), use.names = FALSE)[where[, 2]],
    value = fuzzy[where]
  )
}

wg93 <- read.csv("data/wg93.csv.gz", check.names = FALSE)[1:300, 1:4]
wg93[] <- lapply(wg93, factor)
gap <- outer(1:300, 1:4, function(row, column) (7 * row + 3 * column) %% 10 == 0)
for (n_axes in 1:2) {
  case <- paste0("missing/wg93_", n_axes, ".csv")
  write.csv(fill_gaps(wg93, gap, n_axes), case, row.names = FALSE, quote = FALSE)
}
write.csv(fill_gaps(wg93, gap, 1, regularised = FALSE), "missing/wg93_1_plain.csv",
          row.names = FALSE, quote = FALSE)
versions <- c(R = as.character(getRversion()), FactoMineR = as.character(packageVersion("FactoMineR")))
writeLines(paste(names(versions), versions), "missing/versions.txt")
