# Writes the reference numbers of Kendall's W of small panels, with ties and without:
# concordance/*.csv. Run from R-free/reference:
#   Rscript make_concordance.R
# Package: vegan (Debian: r-cran-vegan).
# W and its chi-squared by vegan (ties corrected) and, independently, by stats::friedman.test; the
# exact p-value by going through the orders of all judges but the first, one by one.
suppressPackageStartupMessages(library(vegan))
folder <- "concordance"
dir.create(folder, showWarnings = FALSE)

panels <- list(
  plain = rbind(c(1, 2, 3, 4), c(2, 1, 3, 4), c(1, 3, 2, 4), c(1, 2, 4, 3)),
  tied = rbind(c(1, 2.5, 2.5, 4), c(1, 2, 3.5, 3.5), c(2.5, 2.5, 1, 4), c(1.5, 1.5, 3, 4)),
  top_two = rbind(c(1, 2, 4, 4, 4), c(2, 1, 4, 4, 4), c(1, 4, 2, 4, 4), c(4, 1, 4, 2, 4)),
  disagreeing = rbind(c(1, 2, 3), c(3, 2, 1), c(2, 3, 1), c(1, 3, 2), c(2, 1, 3)),
  indifferent = rbind(c(1, 2, 3), c(2, 2, 2), c(1, 3, 2)),
  many = rbind(
    c(1, 2, 3, 4, 5, 6, 7, 8), c(2, 1, 3, 5, 4, 6, 8, 7), c(1, 3, 2, 4, 6, 5, 7, 8),
    c(3, 1, 2, 4, 5, 8, 6, 7), c(1, 2, 4, 3, 5, 6, 7, 8), c(5, 2, 3, 4, 1, 6, 7, 8))
)

orders <- function(values) {
  if (length(values) == 1) return(list(values))
  found <- list()
  for (at in seq_along(values)) {
    for (rest in orders(values[-at])) found <- c(found, list(c(values[at], rest)))
  }
  found
}

exact_p <- function(ranks) {
  spread <- function(sums) sum((sums - mean(sums))^2)
  observed <- spread(colSums(ranks))
  each <- lapply(seq_len(nrow(ranks))[-1], function(judge) orders(ranks[judge, ]))
  if (prod(lengths(each)) > 2e5) return(NA)
  places <- expand.grid(lapply(each, seq_along))
  far <- apply(places, 1, function(place) {
    sums <- ranks[1, ]
    for (judge in seq_along(each)) sums <- sums + each[[judge]][[place[judge]]]
    spread(sums) >= observed - 1e-9
  })
  mean(far)
}

rows <- list()
for (name in names(panels)) {
  midranks <- t(apply(panels[[name]], 1, rank))
  global <- vegan::kendall.global(t(midranks), nperm = 0)$Concordance_analysis
  friedman <- friedman.test(midranks)
  n <- ncol(midranks); m <- nrow(midranks)
  rows[[name]] <- data.frame(
    panel = name, judges = m, objects = n,
    w = global["W", 1], chi2 = global["Chi2", 1],
    w_friedman = unname(friedman$statistic) / (m * (n - 1)),
    chi2_friedman = unname(friedman$statistic), df = unname(friedman$parameter),
    p_chi2 = friedman$p.value, p_exact = exact_p(midranks))
  rows[[name]]$ranks <- paste(apply(panels[[name]], 1, paste, collapse = " "), collapse = "; ")
}
table <- do.call(rbind, rows)
numeric <- sapply(table, is.double)
table[numeric] <- lapply(table[numeric], function(x) ifelse(is.na(x), "", sprintf("%.15g", x)))
write.csv(table, file.path(folder, "kendall_w.csv"), row.names = FALSE, quote = FALSE)
write.csv(data.frame(name = c("R", "vegan"),
                     version = c(as.character(getRversion()), as.character(packageVersion("vegan")))),
          file.path(folder, "versions.csv"), row.names = FALSE, quote = FALSE)
