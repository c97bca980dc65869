# Writes what R says of membership in classes: models/*.csv. Run from R-free/reference, after
# make_data.R:  Rscript make_models.R
# Packages: nnet, MASS, survey, brglm2 (Debian: r-recommended r-cran-survey r-cran-brglm2).
suppressMessages({library(nnet); library(MASS); library(survey); library(brglm2)})

write <- function(table, name) {
  numbers <- sapply(table, is.numeric)
  table[numbers] <- lapply(table[numbers], function(x) formatC(x, digits = 15, format = "g", width = 1))
  write.csv(table, paste0("models/", name, ".csv"), row.names = FALSE, quote = FALSE, na = "")
}
write_gz <- function(table, name) {
  connection <- gzfile(paste0("models/", name, ".csv.gz"), "w")
  write.csv(table, connection, row.names = FALSE, quote = FALSE, na = "")
  close(connection)
}

# --- samples -------------------------------------------------------------------------------------
items <- read.csv("data/bfi.csv.gz")
background <- read.csv("data/bfi_background.csv.gz")
set.seed(20)
partition <- kmeans(items, 4, nstart = 20, iter.max = 100)
rank_of <- rank(rowMeans(partition$centers))
bfi <- data.frame(
  class = unname(rank_of[partition$cluster]),
  gender = c("male", "female")[background$gender],
  education = ifelse(background$education == 0, NA, paste0("level", background$education)),
  age = background$age
)
bfi$weight <- 0.5 + ((5 * seq_len(nrow(bfi))) %% 11) / 7
# How sure a respondent is of each class: falls with the squared distance to its centre.
centres <- partition$centers[order(rank_of), ]
distances <- sapply(1:4, function(k) rowSums(sweep(as.matrix(items), 2, centres[k, ])^2))
membership <- exp(-(distances - apply(distances, 1, min)) / 8)
membership <- round(membership / rowSums(membership), 3)
bfi[paste0("m", 1:4)] <- membership / rowSums(membership)
write_gz(bfi, "bfi_sample")

small <- read.csv("../../data/simulated_responses.csv", na.strings = "")
types <- read.csv("../../data/simulated_types.csv")
small <- data.frame(
  class = match(types$type[match(small$respondent, types$respondent)],
                c("reluctant", "mixed", "enthusiastic", "unconditional")),
  small[c("age", "sex", "territory", "practice", "other_activity", "knowledge")]
)
small$weight <- 0.5 + ((3 * seq_len(nrow(small))) %% 7) / 4
write_gz(small, "simulated_sample")

# --- models --------------------------------------------------------------------------------------
prepare_bfi <- function() {
  d <- bfi[complete.cases(bfi), ]
  d$y <- factor(d$class)
  d$gender <- relevel(factor(d$gender), "female")
  d$education <- relevel(factor(d$education), "level3")
  d$age <- d$age / 10
  d
}
prepare_small <- function() {
  d <- small[complete.cases(small), ]
  d$y <- factor(d$class)
  d$sex <- relevel(factor(d$sex), "female")
  d$territory <- relevel(factor(d$territory), "urban")
  d$practice <- relevel(factor(d$practice), "group")
  d$age <- d$age / 10
  d
}
cases <- list(
  bfi = list(data = prepare_bfi(), formula = y ~ gender + education + age),
  simulated = list(data = prepare_small(), formula = y ~ age + sex + territory + practice)
)

tidy_multinom <- function(fit) {
  s <- summary(fit)
  b <- s$coefficients; e <- s$standard.errors
  data.frame(outcome = rep(rownames(b), ncol(b)), term = rep(colnames(b), each = nrow(b)),
             estimate = c(b), std_error = c(e))
}
multinomials <- list(); fits <- list(); ordereds <- list(); brants <- list(); effects <- list()

# Brant (1990): separate binary logits of y > j, covariances between them from the fitted values.
brant_by_hand <- function(formula, d) {
  X <- model.matrix(formula, d)
  y <- as.integer(d$y); K <- max(y); p <- ncol(X) - 1
  coefficients <- list(); fitted <- list(); bread <- list()
  for (j in seq_len(K - 1)) {
    g <- glm.fit(X, as.numeric(y > j), family = binomial(), control = list(epsilon = 1e-14, maxit = 100))
    coefficients[[j]] <- g$coefficients[-1]; fitted[[j]] <- g$fitted.values
    bread[[j]] <- solve(t(X) %*% (X * (fitted[[j]] * (1 - fitted[[j]]))))
  }
  V <- matrix(0, (K - 1) * p, (K - 1) * p)
  for (j in seq_len(K - 1)) for (l in j:(K - 1)) {
    w <- fitted[[l]] - fitted[[j]] * fitted[[l]]
    block <- (bread[[j]] %*% (t(X) %*% (X * w)) %*% bread[[l]])[-1, -1]
    rows <- (j - 1) * p + 1:p; columns <- (l - 1) * p + 1:p
    V[rows, columns] <- block; V[columns, rows] <- t(block)
  }
  b <- unlist(coefficients)
  D <- cbind(do.call(rbind, rep(list(diag(p)), K - 2)), -diag((K - 2) * p))
  wald <- function(D) c(t(D %*% b) %*% solve(D %*% V %*% t(D)) %*% (D %*% b))
  assign <- attr(X, "assign")[-1]; labels <- attr(terms(formula), "term.labels")
  rows <- list(data.frame(variable = "all", chi2 = wald(D), df = (K - 2) * p))
  for (a in unique(assign)) {
    chosen <- rep(assign == a, K - 2)
    rows[[length(rows) + 1]] <- data.frame(variable = labels[a], chi2 = wald(D[chosen, , drop = FALSE]),
                                           df = sum(chosen))
  }
  rows <- do.call(rbind, rows)
  rows$p_value <- pchisq(rows$chi2, rows$df, lower.tail = FALSE)
  rows
}

# Average marginal effects of multinom: plain differences, delta method by numerical derivatives.
probabilities <- function(theta, X, K) {
  e <- cbind(1, exp(X %*% matrix(theta, ncol = K - 1)))
  e / rowSums(e)
}
marginal <- function(theta, X, K, term, dummies) {
  high <- X; low <- X
  if (length(dummies)) {
    high[, dummies] <- 0; low[, dummies] <- 0; high[, term] <- 1
    return(colMeans(probabilities(theta, high, K) - probabilities(theta, low, K)))
  }
  h <- 1e-4
  high[, term] <- X[, term] + h; low[, term] <- X[, term] - h
  colMeans(probabilities(theta, high, K) - probabilities(theta, low, K)) / (2 * h)
}
marginal_effects <- function(fit, formula, d) {
  X <- model.matrix(formula, d); K <- nlevels(d$y)
  theta <- c(t(coef(fit))); V <- vcov(fit)
  assign <- attr(X, "assign"); rows <- list()
  for (t in 2:ncol(X)) {
    same <- which(assign == assign[t])
    dummies <- if (all(X[, t] %in% 0:1)) same else integer(0)
    f <- function(theta) marginal(theta, X, K, t, dummies)
    J <- sapply(seq_along(theta), function(q) {
      step <- replace(numeric(length(theta)), q, 1e-5)
      (f(theta + step) - f(theta - step)) / 2e-5
    })
    rows[[length(rows) + 1]] <- data.frame(term = colnames(X)[t], class = levels(d$y), effect = f(theta),
                                           std_error = sqrt(diag(J %*% V %*% t(J))))
  }
  do.call(rbind, rows)
}

for (case in names(cases)) {
  d <- cases[[case]]$data; formula <- cases[[case]]$formula
  keep <- function(name, table) cbind(case = case, table)
  m <- multinom(formula, d, trace = FALSE, reltol = 1e-15, abstol = 1e-15, maxit = 5000, Hess = TRUE)
  null <- multinom(y ~ 1, d, trace = FALSE, reltol = 1e-15, maxit = 5000)
  multinomials[[case]] <- cbind(case = case, tidy_multinom(m))
  effects[[case]] <- cbind(case = case, marginal_effects(m, formula, d))
  o <- polr(formula, d, Hess = TRUE, control = list(reltol = 1e-15, maxit = 5000))
  s <- summary(o)$coefficients
  ordereds[[case]] <- data.frame(case = case, term = rownames(s), estimate = s[, 1], std_error = s[, 2])
  brants[[case]] <- cbind(case = case, brant_by_hand(formula, d))
  fits[[case]] <- data.frame(case = case, model = c("multinomial", "ordered"), n = nrow(d),
                             log_likelihood = c(logLik(m), logLik(o)), null = c(logLik(null)),
                             aic = c(AIC(m), AIC(o)), bic = c(BIC(m), BIC(o)))
}
write(do.call(rbind, multinomials), "multinomial")
write(do.call(rbind, ordereds), "ordered")
write(do.call(rbind, fits), "fits")
write(do.call(rbind, brants), "brant")
write(do.call(rbind, effects), "marginal_effects")

# Survey weights: ordered logit of four classes, binary logit of the first class against the others.
d <- cases$bfi$data
d$w <- d$weight * nrow(d) / sum(d$weight)
design <- svydesign(ids = ~1, weights = ~w, data = d)
o <- svyolr(y ~ gender + education + age, design, control = list(reltol = 1e-15, maxit = 5000))
s <- summary(o)$coefficients
first <- svyglm(I(y != 1) ~ gender + education + age, design, family = quasibinomial(),
                control = list(epsilon = 1e-14, maxit = 100))
f <- summary(first)$coefficients
write(rbind(data.frame(model = "ordered", term = rownames(s), estimate = s[, 1], std_error = s[, 2]),
            data.frame(model = "binary", term = rownames(f), estimate = f[, 1], std_error = f[, 2])),
      "weighted")

# Each respondent in four rows weighted by membership: estimates of multinom, scores summed by respondent.
long <- do.call(rbind, lapply(1:4, function(k) transform(d, y = factor(k, levels = 1:4), w = d[[paste0("m", k)]],
                                                         id = seq_len(nrow(d)))))
long <- long[long$w > 0, ]
m <- multinom(y ~ gender + education + age, long, weights = w, trace = FALSE, reltol = 1e-15, abstol = 1e-15,
              maxit = 5000, Hess = TRUE)
X <- model.matrix(~ gender + education + age, long)
P <- fitted(m)
scores <- do.call(cbind, lapply(2:4, function(k) X * (long$w * ((long$y == k) - P[, k]))))
scores <- rowsum(scores, long$id)
G <- nrow(scores)
V <- solve(m$Hessian) %*% (crossprod(scores) * G / (G - 1)) %*% solve(m$Hessian)
b <- coef(m)
write(data.frame(outcome = rep(rownames(b), each = ncol(b)), term = rep(colnames(b), nrow(b)),
                 estimate = c(t(b)), std_error = sqrt(diag(V))), "membership")

# Firth: a sample with empty cells.
sparse <- data.frame(
  class = rep(c("a", "b", "c"), c(12, 9, 9)),
  practice = c(rep("solo", 12), rep(c("solo", "group"), c(4, 5)), rep(c("solo", "group"), c(2, 7))),
  age = c(61, 52, 58, 47, 66, 55, 49, 63, 57, 60, 44, 53, 41, 50, 38, 46, 59, 35, 43, 48, 39,
          36, 33, 45, 40, 31, 52, 37, 42, 34)
)
write(sparse, "sparse_sample")
sparse$y <- factor(sparse$class); sparse$practice <- relevel(factor(sparse$practice), "solo")
sparse$age <- sparse$age / 10
b <- brmultinom(y ~ practice + age, sparse, ref = 1, type = "AS_mean", epsilon = 1e-13, maxit = 2000)
s <- summary(b)
write(data.frame(outcome = rep(rownames(coef(b)), ncol(coef(b))),
                 term = rep(colnames(coef(b)), each = nrow(coef(b))),
                 estimate = c(coef(b)), std_error = c(s$standard.errors)), "firth")

# --- bivariate tests -----------------------------------------------------------------------------
tests <- list()
for (case in names(cases)) {
  d <- if (case == "bfi") bfi else small
  variables <- if (case == "bfi") c("gender", "education") else c("sex", "territory", "practice", "other_activity", "knowledge")
  for (v in variables) {
    t <- table(d[[v]], d$class)
    test <- suppressWarnings(chisq.test(t, correct = FALSE))
    set.seed(1)
    simulated <- fisher.test(t, simulate.p.value = TRUE, B = 2e5)$p.value
    exact <- if (case == "simulated") tryCatch(fisher.test(t, workspace = 2e8)$p.value, error = function(e) NA) else NA
    dd <- d[!is.na(d[[v]]), ]; dd$v <- factor(dd[[v]]); dd$k <- factor(dd$class)
    rs <- svychisq(~ v + k, svydesign(ids = ~1, weights = ~weight, data = dd), statistic = "F")
    tests[[length(tests) + 1]] <- data.frame(
      case = case, variable = v, n = sum(t), chi2 = test$statistic, df = test$parameter, p_chi2 = test$p.value,
      smallest_expected = min(test$expected), p_simulated = simulated, p_exact = exact,
      rao_scott_f = rs$statistic, rao_scott_df1 = rs$parameter[1], rao_scott_df2 = rs$parameter[2], p_rao_scott = rs$p.value)
  }
}
write(do.call(rbind, tests), "categories")

quantities <- list()
for (case in names(cases)) {
  d <- if (case == "bfi") bfi else small
  d <- d[!is.na(d$age), ]; d$k <- factor(d$class)
  kw <- kruskal.test(age ~ k, d)
  # R gives tied respondents the plain mean of their ranks, in an order that depends on the rows.
  d$distinct_age <- d$age + seq_len(nrow(d)) / 1e6
  rank_test <- svyranktest(distinct_age ~ k, svydesign(ids = ~1, weights = ~weight, data = d), test = "KruskalWallis")
  quantities[[case]] <- data.frame(case = case, variable = "age", n = nrow(d), h = kw$statistic, df = kw$parameter,
                                   p_value = kw$p.value, weighted_chi2 = rank_test$parameter,
                                   weighted_df = rank_test$statistic, p_weighted = rank_test$p.value)
}
write(do.call(rbind, quantities), "quantities")

summaries <- list()
for (case in names(cases)) {
  d <- if (case == "bfi") bfi else small
  for (k in 0:4) {
    x <- d$age[if (k == 0) TRUE else d$class == k]
    missing <- sum(is.na(x)); x <- x[!is.na(x)]
    q <- quantile(x, c(.25, .5, .75), type = 2)
    summaries[[length(summaries) + 1]] <- data.frame(case = case, class = k, n = length(x), mean = mean(x), sd = sd(x),
                                                     q1 = q[1], median = q[2], q3 = q[3], missing = missing)
  }
}
write(do.call(rbind, summaries), "summaries")

versions <- c(R = as.character(getRversion()))
for (package in c("nnet", "MASS", "survey", "brglm2")) versions[package] <- as.character(packageVersion(package))
writeLines(c("name,version", paste(names(versions), versions, sep = ",")), "models/versions.csv")
