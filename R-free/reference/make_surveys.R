# Writes what R's survey and mice say of designs and imputations: surveys/*.csv. Run from
# R-free/reference:  Rscript make_surveys.R   Packages: survey, MASS, mice (r-cran-survey, r-cran-mice).
suppressMessages({library(survey); library(mice)})
dir.create("surveys", showWarnings = FALSE)
write <- function(table, name) {
  numbers <- sapply(table, is.numeric)
  table[numbers] <- lapply(table[numbers], function(x) formatC(x, digits = 12, format = "g", width = 1))
  write.csv(table, paste0("surveys/", name, ".csv"), row.names = FALSE, quote = FALSE, na = "")
}
set.seed(11)
n <- 240
d <- data.frame(stratum = rep(c("north", "south", "west"), each = 80), cluster = rep(1:8, each = 10, times = 3))
d$weight <- round(0.5 + 0.1 * (d$cluster %% 4) + ifelse(d$stratum == "west", 0.7, 0), 2)
shift <- rnorm(24, sd = 0.6)[as.integer(interaction(d$stratum, d$cluster))]
d$age <- round(pmin(75, pmax(27, rnorm(n, 48, 11))))
d$solo <- ifelse(runif(n) < plogis(-0.3 + shift), "yes", "no")
z <- 0.05 * (d$age - 48) - 0.8 * (d$solo == "yes") + shift + rlogis(n)
d$class <- cut(z, c(-Inf, -1, 0.8, Inf), labels = 1:3)
write(d, "sample")
d$y <- factor(d$class, ordered = TRUE); d$first <- as.numeric(d$class == "1"); d$age10 <- d$age / 10
d$solo <- factor(d$solo); d$key <- interaction(d$stratum, d$cluster)

linear <- list(
  weights = svydesign(~1, weights = ~weight, data = d),
  clusters = svydesign(~key, weights = ~weight, data = d),
  both = svydesign(~cluster, strata = ~stratum, weights = ~weight, data = d, nest = TRUE))
jkn <- as.svrepdesign(linear$both, type = "JKn")
jk1 <- as.svrepdesign(linear$clusters, type = "JK1")
boot <- as.svrepdesign(linear$both, type = "subbootstrap", replicates = 60)
brr <- as.svrepdesign(svydesign(~half, strata = ~key, weights = ~weight, nest = TRUE,
                                data = transform(d, half = rep(1:2, 120))), type = "BRR")
fay <- as.svrepdesign(svydesign(~half, strata = ~key, weights = ~weight, nest = TRUE,
                                data = transform(d, half = rep(1:2, 120))), type = "Fay", fay.rho = 0.3)
replicated <- list(JKn = jkn, JK1 = jk1, BRR = brr, Fay = fay)
for (kind in names(replicated)) {
  w <- weights(replicated[[kind]], "analysis")
  write(as.data.frame(round(w, 8)), paste0("replicates_", kind))
}
write(data.frame(scale = jkn$rscales * jkn$scale), "scales_JKn")
given <- function(kind, scales = NULL) {
  w <- read.csv(paste0("surveys/replicates_", kind, ".csv"))
  args <- list(data = d, weights = ~weight, repweights = as.matrix(w), type = kind, combined.weights = TRUE, mse = FALSE)
  if (kind == "Fay") args$rho <- 0.3
  if (kind == "JKn") { args$rscales <- scales; args$scale <- 1 }
  suppressWarnings(do.call(svrepdesign, args))
}
designs <- c(linear, list(JK1 = given("JK1"), JKn = given("JKn", jkn$rscales * jkn$scale), BRR = given("BRR"),
                          Fay = given("Fay")))
bootstrap <- suppressWarnings(svrepdesign(data = d, weights = ~weight, type = "bootstrap", combined.weights = TRUE,
  repweights = as.matrix(read.csv("surveys/replicates_JK1.csv")), mse = FALSE))
designs$bootstrap <- bootstrap

shares <- list(); tests <- list(); models <- list()
for (name in names(designs)) {
  s <- designs[[name]]
  for (k in levels(d$class)) {
    s2 <- update(s, mine = as.numeric(class == k))
    p <- svyciprop(~mine, s2, method = "logit", df = degf(s))
    shares[[paste(name, k)]] <- data.frame(design = name, category = k, share = c(p), std_error = SE(svymean(~mine, s2))[1],
                                           low = confint(p)[1], high = confint(p)[2], df = degf(s))
  }
  t <- svychisq(~class + solo, s, statistic = "F")
  tests[[name]] <- data.frame(design = name, statistic = t$statistic, df = t$parameter[1], denominator = t$parameter[2], p_value = t$p.value)
  g <- svyglm(first ~ age10 + solo, s, family = quasibinomial, control = list(epsilon = 1e-14, maxit = 50))
  models[[paste(name, "glm")]] <- data.frame(design = name, model = "binary", term = names(coef(g)), estimate = coef(g), std_error = SE(g))
  o <- svyolr(y ~ age10 + solo, s)
  models[[paste(name, "olr")]] <- data.frame(design = name, model = "ordered", term = names(coef(o)), estimate = coef(o), std_error = SE(o))
}
write(do.call(rbind, shares), "shares"); write(do.call(rbind, tests), "tests"); write(do.call(rbind, models), "models")

# --- Rubin's rules
rows <- list()
for (complete in c(Inf, 40)) {
  set.seed(4); m <- 6
  q <- rnorm(m, 1, 0.4); u <- runif(m, 0.03, 0.09)
  p <- pool.scalar(q, u, n = complete + 1, k = 1)
  rows[[as.character(complete)]] <- data.frame(df_complete = complete, q = q, u = u, qbar = p$qbar, t = p$t, df = p$df, r = p$r, fmi = p$fmi)
}
write(do.call(rbind, rows), "pooled")
