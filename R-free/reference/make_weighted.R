# Writes what R says of weighted respondents: weighted/*.csv. Run from R-free/reference, after
# make_data.R and make_models.R:  Rscript make_weighted.R
# Packages: survey, MASS, FactoMineR (Debian: r-recommended r-cran-survey r-cran-factominer).
suppressMessages({library(survey); library(MASS); library(FactoMineR)})

write <- function(table, name) {
  numbers <- sapply(table, is.double)
  table[numbers] <- lapply(table[numbers], function(x) formatC(x, digits = 15, format = "g", width = 1))
  write.csv(table, paste0("weighted/", name, ".csv"), row.names = FALSE, quote = FALSE, na = "")
}
dir.create("weighted", showWarnings = FALSE)
samples <- list(bfi = read.csv("models/bfi_sample.csv.gz", na.strings = ""),
                simulated = read.csv("models/simulated_sample.csv.gz", na.strings = ""))
asked <- list(bfi = c("gender", "education"),
              simulated = c("sex", "territory", "practice", "other_activity", "knowledge"))
# Three ways of weighing the same respondents.
weights_of <- function(d) {
  i <- seq_len(nrow(d))
  data.frame(given = d$weight, tenths = ifelse(i %% 2 == 0, 0.1, 1), skewed = exp(qnorm(((7 * i) %% 101 + 0.5) / 101)))
}

# The design effects under independence, from whole matrices: the covariance of the products of two
# centred sides is the Kronecker product of their own, over the sum of the squared shares.
under_independence <- function(Z, Y, w, association, df_error) {
  s <- w / sum(w)
  centred <- function(M) sweep(M, 2, colSums(M * s))
  own <- function(M) { C <- centred(M); crossprod(C * s, C * s) }
  plain <- function(M) { C <- centred(M); crossprod(C * sqrt(s)) }
  Delta <- solve(kronecker(plain(Z), plain(Y)), kronecker(own(Z), own(Y)) / sum(s^2))
  d <- Re(eigen(Delta, only.values = TRUE)$values)
  df <- sum(d)^2 / sum(d^2)
  f <- association / sum(d)
  c(f = f, df = df, denominator = df * df_error, p = pf(f, df, df * df_error, lower.tail = FALSE))
}
dummies <- function(v) model.matrix(~ factor(v))[, -1, drop = FALSE]
phi2 <- function(a, b, w) {
  t <- xtabs(w ~ a + b) / sum(w); e <- outer(rowSums(t), colSums(t))
  sum((t - e)^2 / e)
}

variables <- categories <- quantities <- NULL
for (case in names(samples)) for (weighting in c("given", "tenths", "skewed")) {
  whole <- samples[[case]]
  whole$w <- weights_of(whole)[[weighting]]
  for (v in asked[[case]]) {
    d <- whole[!is.na(whole[[v]]), ]; n <- nrow(d)
    d$k <- factor(d$class); d$v <- factor(d[[v]])
    design <- svydesign(ids = ~1, weights = ~w, data = d)
    rs <- svychisq(~ v + k, design, statistic = "F")
    ours <- under_independence(dummies(d$v), dummies(d$k), d$w, phi2(d$v, d$k, d$w), n - 1)
    variables <- rbind(variables, data.frame(
      case = case, weighting = weighting, variable = v, n = n, f = ours["f"], df = ours["df"],
      df_denominator = ours["denominator"], p_value = ours["p"],
      rao_scott_f = rs$statistic, rao_scott_df1 = rs$parameter[1], rao_scott_df2 = rs$parameter[2],
      p_rao_scott = rs$p.value))
    for (k in levels(d$k)) for (each in levels(d$v)) {
      d$in_class <- as.numeric(d$k == k); d$gave <- as.numeric(d$v == each)
      both <- svychisq(~ in_class + gave, update(design, in_class = d$in_class, gave = d$gave), statistic = "F")
      one <- under_independence(cbind(d$gave), cbind(d$in_class), d$w,
                                phi2(d$gave, d$in_class, d$w) * (n - 1) / n, n - 1)
      away <- weighted.mean(d$gave[d$in_class == 1], d$w[d$in_class == 1]) - weighted.mean(d$gave, d$w)
      categories <- rbind(categories, data.frame(
        case = case, weighting = weighting, class = k, variable = v, category = each,
        p_value = one["p"], v_test = sign(away) * qnorm(one["p"] / 2, lower.tail = FALSE),
        p_rao_scott = both$p.value))
    }
  }
  d <- whole[!is.na(whole$age), ]; n <- nrow(d)
  design <- svydesign(ids = ~1, weights = ~w, data = d)
  for (k in sort(unique(d$class))) {
    inside <- as.numeric(d$class == k)
    r2 <- cov.wt(cbind(d$age, inside), d$w / sum(d$w), cor = TRUE)$cor[1, 2]^2
    one <- under_independence(cbind(d$age), cbind(inside), d$w, r2 * (n - 1) / n, n - 1)
    robust <- svyttest(age ~ inside, update(design, inside = inside))
    quantities <- rbind(quantities, data.frame(
      case = case, weighting = weighting, class = k, p_value = one["p"], p_ttest = robust$p.value))
  }
}
write(variables, "variables")
write(categories, "categories")
write(quantities, "quantities")

# Information criteria: the parameters count for the trace of their design effects.
criteria <- NULL
for (weighting in c("given", "tenths", "skewed")) {
  d <- samples$bfi; d$w <- weights_of(d)[[weighting]]
  d <- d[complete.cases(d), ]
  d$w <- d$w / mean(d$w)
  d$gender <- relevel(factor(d$gender), "female"); d$education <- relevel(factor(d$education), "level3")
  d$age <- d$age / 10; d$y <- factor(d$class); d$first <- as.numeric(d$class != 1)
  design <- svydesign(ids = ~1, weights = ~w, data = d)
  b <- svyglm(first ~ gender + education + age, design, family = quasibinomial(),
              control = list(epsilon = 1e-14, maxit = 100))
  o <- svyolr(y ~ gender + education + age, design, control = list(reltol = 1e-15, maxit = 5000))
  counted <- c(sum(diag(solve(b$naive.cov, vcov(b)))), sum(diag(o$Hess %*% vcov(o))))
  deviance <- c(b$deviance, o$deviance)
  parameters <- c(length(coef(b)), length(coef(o)))  # the limits are among them
  criteria <- rbind(criteria, data.frame(
    weighting = weighting, model = c("binary", "ordered"), n = nrow(d), deviance = deviance, counted = counted,
    daic = deviance + 2 * counted, dbic = c(BIC(b, maximal = b)["BIC"], deviance[2] + parameters[2] * log(nrow(d)))))
}
write(criteria, "criteria")

# Rao and Scott's likelihood ratio of every term of the binary logit, by the sandwich as R has it.
ratios <- profiles <- NULL
for (weighting in c("given", "tenths", "skewed")) {
  d <- samples$bfi; d$w <- weights_of(d)[[weighting]]
  d <- d[complete.cases(d), ]
  d$gender <- relevel(factor(d$gender), "female"); d$education <- relevel(factor(d$education), "level3")
  d$age <- d$age / 10; d$first <- as.numeric(d$class != 1)
  b <- svyglm(first ~ gender + education + age, svydesign(ids = ~1, weights = ~w, data = d),
              family = quasibinomial(), control = list(epsilon = 1e-14, maxit = 100))
  for (term in c("gender", "education", "age")) {
    # Both models on one scale of the weights, as svyglm puts them.
    test <- regTermTest(b, as.formula(paste("~", term)), method = "LRT")
    effects <- test$lambda
    ratios <- rbind(ratios, data.frame(
      weighting = weighting, variable = term, parameters = length(effects), ratio = test$chisq,
      trace = sum(effects), trace_of_square = sum(effects^2), p_value = test$p))
  }
  # Intervals by the profile of the likelihood, the quantiles those of chi-squared.
  ends <- confint(b, method = "likelihood", ddf = Inf)
  profiles <- rbind(profiles, data.frame(
    weighting = weighting, place = seq_along(coef(b))[-1], low = ends[-1, 1], high = ends[-1, 2]))
}
write(ratios, "ratios")
write(profiles, "profiles")

# Consolidation with row.w: FactoMineR's k-means is that of respondents who all weigh the same.
differences <- NULL
for (case in c("bfi312_whole", "bfi312_survey")) {
  coordinates <- as.matrix(read.csv(sprintf("hcpc/%s_coordinates.csv.gz", case)))
  partition <- read.csv(sprintf("hcpc/%s_partition.csv.gz", case))
  within <- function(classes, w) sum(sapply(unique(classes), function(k) {
    x <- coordinates[classes == k, , drop = FALSE]; v <- w[classes == k]
    sum(v * rowSums(sweep(x, 2, colSums(x * v) / sum(v))^2))
  })) / sum(w)
  centres <- apply(coordinates, 2, function(x) tapply(x, partition$tree, mean))
  again <- kmeans(coordinates, centres, iter.max = 10)
  differences <- rbind(differences, data.frame(
    case = case, respondents = nrow(partition),
    same_as_unweighted_kmeans = mean(table(partition$final, again$cluster) > 0) == 1 / nrow(centres),
    within_tree = within(partition$tree, partition$weight), within_final = within(partition$final, partition$weight)))
}
write(differences, "consolidation")

versions <- c(R = as.character(getRversion()))
for (package in c("survey", "MASS", "FactoMineR")) versions[package] <- as.character(packageVersion(package))
writeLines(c("name,version", paste(names(versions), versions, sep = ",")), "weighted/versions.csv")
