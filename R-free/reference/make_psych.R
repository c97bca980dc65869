# Reference numbers of the package psych: polychoric correlations, one-factor loadings,
# Cronbach's alpha, McDonald's omega; Wilson intervals from stats::prop.test.
# Run from this folder: Rscript make_psych.R. Writes psych/*.csv, 15 significant digits.
# Deterministic: no random number is drawn.

suppressPackageStartupMessages({
  library(psych)
  library(psychTools)
})
options(digits = 15, mc.cores = 1, warn = 1)
dir.create("psych", showWarnings = FALSE)

# Numbers with 15 significant digits whatever their size.
write <- function(table, name) {
  for (column in names(table)) {
    if (is.double(table[[column]])) {
      table[[column]] <- ifelse(is.na(table[[column]]), NA,
                                formatC(table[[column]], digits = 15, format = "g", width = 1))
    }
  }
  write.csv(table, file.path("psych", paste0(name, ".csv")), row.names = FALSE,
            quote = FALSE, na = "")
}

pairs_of <- function(matrix, value) {
  at <- which(upper.tri(matrix), arr.ind = TRUE)
  table <- data.frame(first = rownames(matrix)[at[, 1]], second = colnames(matrix)[at[, 2]])
  table[[value]] <- matrix[at]
  table
}

# The log-likelihood of a pair's correlation given both items' thresholds, and its maximum,
# found with a far finer tolerance than psych's own optimize() call.
log_likelihood <- function(rho, counts, tau_rows, tau_columns) {
  limits_rows <- c(-Inf, tau_rows, Inf)
  limits_columns <- c(-Inf, tau_columns, Inf)
  corners <- outer(seq_along(limits_rows), seq_along(limits_columns), Vectorize(function(i, j) {
    x <- limits_rows[i]
    y <- limits_columns[j]
    if (x == -Inf || y == -Inf) return(0)
    if (x == Inf) return(pnorm(y))
    if (y == Inf) return(pnorm(x))
    mnormt::pmnorm(c(x, y), varcov = matrix(c(1, rho, rho, 1), 2))
  }))
  cells <- diff(t(diff(corners)))
  cells <- t(cells)
  sum(counts[counts > 0] * log(cells[counts > 0]))
}

exact_pairs <- function(data, result, pairs) {
  levels_all <- sort(unique(unlist(data)))
  rows <- lapply(seq_len(nrow(pairs)), function(p) {
    i <- pairs$first[p]
    j <- pairs$second[p]
    counts <- unclass(table(factor(data[[i]], levels_all), factor(data[[j]], levels_all)))
    tau <- function(item) {
      share <- cumsum(table(factor(data[[item]], levels_all))) / sum(!is.na(data[[item]]))
      qnorm(share[-length(share)])
    }
    best <- optimize(log_likelihood, c(-.9999, .9999), counts = counts, tau_rows = tau(i),
                     tau_columns = tau(j), maximum = TRUE, tol = 1e-10)
    data.frame(first = i, second = j, correlation = best$maximum, log_likelihood = best$objective,
               psych_log_likelihood = log_likelihood(result$rho[i, j], counts, tau(i), tau(j)))
  })
  do.call(rbind, rows)
}

thresholds_of <- function(result) {
  tau <- result$tau
  data.frame(item = rownames(tau), unclass(tau), check.names = FALSE)
}

# --- the 25 items of bfi, complete cases -----------------------------------------------------
items <- names(bfi)[1:25]
complete <- na.omit(bfi[items])
blocks <- split(items, substr(items, 1, 1))[c("A", "C", "E", "N", "O")]
reversed <- c("A1", "C4", "C5", "E1", "E2", "O2", "O5")

full <- polychoric(complete, correct = 0)
write(pairs_of(full$rho, "correlation"), "bfi_polychoric")
write(thresholds_of(full), "bfi_thresholds")
every_tenth <- pairs_of(full$rho, "correlation")[seq(1, 300, by = 10), ]
write(exact_pairs(complete, full, every_tenth), "bfi_polychoric_exact")

# --- 300 respondents of bfi with missing answers, 10 items -----------------------------------
incomplete <- bfi[c(items[1:5], items[16:20])]
gaps <- incomplete[rowSums(is.na(incomplete)) > 0, ]
gaps <- rbind(head(gaps, 150), head(na.omit(incomplete), 150))
rownames(gaps) <- NULL
write(gaps, "bfi_gaps")
pairwise <- polychoric(gaps, correct = 0)
write(pairs_of(pairwise$rho, "correlation"), "bfi_gaps_polychoric")
write(exact_pairs(gaps, pairwise, pairs_of(pairwise$rho, "correlation")),
      "bfi_gaps_polychoric_exact")

# --- the same respondents, complete part, weighted by 1, 2, 3, 1, 2, 3 ... ---------------------
whole <- na.omit(gaps)
weight <- rep_len(1:3, nrow(whole))
repeated <- whole[rep(seq_len(nrow(whole)), weight), ]
weighted <- polychoric(repeated, correct = 0)
write(exact_pairs(repeated, weighted, pairs_of(weighted$rho, "correlation")),
      "bfi_weighted_polychoric_exact")

# --- two answers only: tetrachoric-like, with and without a count in empty cells -------------
halves <- as.data.frame(lapply(complete[c("A2", "A3", "A4", "N1", "N2")], function(x) +(x > 3)))
write(exact_pairs(halves, polychoric(halves, correct = 0),
                  pairs_of(polychoric(halves, correct = 0)$rho, "correlation")),
      "bfi_halves_polychoric_exact")

# --- 2 x 2 tables with an empty cell, .5 put there (psych says so on the terminal) -----------
tables <- data.frame(n00 = c(10, 30, 6), n01 = c(0, 5, 9), n10 = c(4, 0, 0), n11 = c(10, 8, 20))
tables$correlation <- apply(tables, 1, function(n) {
  answers <- data.frame(a = rep(c(0, 0, 1, 1), n), b = rep(c(0, 1, 0, 1), n))
  suppressWarnings(tetrachoric(answers, correct = .5))$rho[1, 2]
})
write(tables, "tetrachoric_corrected")

# --- one factor and reliability of each block -------------------------------------------------
keyed <- complete
for (item in reversed) keyed[[item]] <- 7 - keyed[[item]]

reliability <- do.call(rbind, lapply(names(blocks), function(block) {
  data <- keyed[blocks[[block]]]
  raw <- alpha(data)
  correlations <- polychoric(data, correct = 0)$rho
  factor <- fa(correlations, nfactors = 1, fm = "minres", n.obs = nrow(data))
  loadings <- factor$loadings[, 1]
  # Total omega of one factor, with the variance the model implies, and with the observed one
  # (what psych::omega prints).
  modelled <- sum(loadings)^2 / (sum(loadings)^2 + sum(factor$uniquenesses))
  printed <- suppressMessages(suppressWarnings(
    omega(correlations, nfactors = 1, fm = "minres", plot = FALSE, n.obs = nrow(data))))
  data.frame(block = block, items = ncol(data), n = nrow(data),
             alpha = raw$total$raw_alpha, alpha_standardised = raw$total$std.alpha,
             omega = modelled, omega_observed_variance = printed$omega.tot,
             mean_polychoric = mean(correlations[upper.tri(correlations)]))
}))
write(reliability, "bfi_reliability")

by_item <- do.call(rbind, lapply(names(blocks), function(block) {
  data <- keyed[blocks[[block]]]
  raw <- alpha(data)
  factor <- fa(polychoric(data, correct = 0)$rho, nfactors = 1, fm = "minres", n.obs = nrow(data))
  likelihood <- fa(polychoric(data, correct = 0)$rho, nfactors = 1, fm = "ml", n.obs = nrow(data))
  data.frame(block = block, item = names(data), alpha_if_dropped = raw$alpha.drop$raw_alpha,
             item_rest_correlation = raw$item.stats$r.drop,
             loading = factor$loadings[, 1], uniqueness = factor$uniquenesses,
             ml_loading = likelihood$loadings[, 1])
}))
write(by_item, "bfi_reliability_items")

# --- Wilson intervals --------------------------------------------------------------------------
counts <- data.frame(successes = c(0L, 1L, 59L, 116L, 156L, 300L, 312L, 3L),
                     n = c(312L, 312L, 312L, 312L, 312L, 312L, 312L, 4L))
# The warning on small expected counts concerns the test, not the interval.
intervals <- t(mapply(function(x, n) suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int,
                      counts$successes, counts$n))
write(data.frame(counts, low = intervals[, 1], high = intervals[, 2]), "wilson")

versions <- data.frame(
  name = c("R", "psych", "psychTools", "mnormt"),
  version = c(paste(R.version$major, R.version$minor, sep = "."),
              sapply(c("psych", "psychTools", "mnormt"), function(p) as.character(packageVersion(p)))))
write(versions, "versions")
