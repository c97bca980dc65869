# Writes VGAM's partial proportional odds: models/partial_odds.csv. Run from R-free/reference, after
# make_models.R:  Rscript make_partial_odds.R      Package: VGAM (Debian: r-cran-vgam).
suppressMessages(library(VGAM))
d <- read.csv(gzfile("models/bfi_sample.csv.gz"), na.strings = "")
d <- d[complete.cases(d), ]
d$y <- ordered(d$class); d$age <- d$age / 10
d$gender <- relevel(factor(d$gender), "female")
d$education <- relevel(factor(d$education), "level3")
cases <- list(gender = FALSE ~ gender, age_gender = FALSE ~ age + gender)
rows <- list()
for (case in names(cases)) {
  parallel <- cases[[case]]
  fit <- vglm(y ~ gender + education + age, cumulative(parallel = parallel, reverse = TRUE), d,
              epsilon = 1e-12, maxit = 100)
  s <- coef(summary(fit))
  rows[[case]] <- data.frame(case = case, term = rownames(s), estimate = s[, 1], std_error = s[, 2],
                             log_likelihood = logLik(fit))
}
table <- do.call(rbind, rows)
numbers <- c("estimate", "std_error", "log_likelihood")
table[numbers] <- lapply(table[numbers], function(x) formatC(x, digits = 12, format = "g", width = 1))
write.csv(table, "models/partial_odds.csv", row.names = FALSE, quote = FALSE)
