# Writes graded response models and ordered latent classes fitted with R: answer_models/*.csv
# Run from R-free/reference after make_data.R:  Rscript make_answer_models.R
# Package mirt: graded response models of one and two factors. Ordered latent classes, which it has
# not with points that are free, are fitted by optim to the likelihood written out below.
suppressMessages(library(mirt))
dir.create("answer_models", showWarnings = FALSE)
options(digits = 15, warn = 1)

bfi <- read.csv("data/bfi.csv.gz", check.names = FALSE)[1:300, c(1:5, 16:20)]
gap <- outer(1:300, 1:10, function(row, column) (7 * row + 3 * column) %% 23 == 0)
bfi[gap] <- NA
weight <- 1 + (1:300) %% 3
save <- function(table, name) write.csv(table, file.path("answer_models", name), row.names = FALSE, quote = FALSE)

fit <- function(n_factors, weighted) {
  model <- mirt(bfi, n_factors, "graded", TOL = 1e-7, quadpts = c(61, 31)[n_factors], verbose = FALSE,
                survey.weights = if (weighted) weight, technical = list(theta_lim = list(c(-6, 6), c(-4, 4))[[n_factors]], NCYCLES = 5000))
  data.frame(factors = n_factors, weighted = weighted, log_likelihood = extract.mirt(model, "logLik"),
             parameters = extract.mirt(model, "nest"), aic = extract.mirt(model, "AIC"), bic = extract.mirt(model, "BIC"))
}
save(rbind(fit(1, FALSE), fit(1, TRUE), fit(2, FALSE)), "graded.csv")
one <- mirt(bfi, 1, "graded", TOL = 1e-7, quadpts = 61, verbose = FALSE, technical = list(NCYCLES = 5000))
save(data.frame(item = names(bfi), coef(one, simplify = TRUE)$items, check.names = FALSE), "one_factor.csv")

# Ordered classes: the likelihood as it is defined, raised by optim (BFGS) from several starts.
# Four items, codes two by two.
items <- ceiling(as.matrix(bfi[, 2:5]) / 2)
categories <- apply(items, 2, max, na.rm = TRUE)
likelihood <- function(parameters, k) {
  sizes <- exp(c(0, parameters[seq_len(k - 1)])); sizes <- sizes / sum(sizes)
  points <- c(0, 1, parameters[k - 1 + seq_len(k - 2)])
  rest <- parameters[-seq_len(2 * k - 3)]
  joint <- matrix(log(sizes), nrow(items), k, byrow = TRUE)
  for (j in 1:4) {
    own <- rest[1:categories[j]]; rest <- rest[-(1:categories[j])]
    limits <- own[2] - c(0, cumsum(exp(own[-(1:2)])))
    above <- rbind(1, plogis(outer(limits, own[1] * points, "+")), 0)
    given <- log(pmax(above[-nrow(above), ] - above[-1, ], 1e-300))
    known <- !is.na(items[, j])
    joint[known, ] <- joint[known, ] + given[items[known, j], ]
  }
  top <- apply(joint, 1, max)
  -sum(top + log(rowSums(exp(joint - top))))
}
located <- do.call(rbind, lapply(2:3, function(k) {
  set.seed(k)
  best <- Inf
  for (start in 1:4) {
    begin <- c(rnorm(k - 1, 0, .5), rnorm(k - 2, .5, 1),
               unlist(lapply(1:4, function(j) c(rnorm(1), 2, rep(0, categories[j] - 2)))))
    found <- optim(begin, likelihood, k = k, method = "BFGS", control = list(maxit = 2000, reltol = 1e-12))
    best <- min(best, found$value)
  }
  data.frame(classes = k, log_likelihood = -best, parameters = length(begin))
}))
save(located, "ordered_classes.csv")
save(data.frame(name = c("R", "mirt"), version = c(as.character(getRversion()), as.character(packageVersion("mirt")))), "versions.csv")
