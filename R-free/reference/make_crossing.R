# Writes the shares of variance of two crossed characteristics, by lm: crossing/shares.csv
# Run from R-free/reference after make_data.R:  Rscript make_crossing.R
dir.create("crossing", showWarnings = FALSE)
tea <- read.csv("data/tea.csv.gz", check.names = FALSE)
n <- nrow(tea)
weights <- 0.5 + ((seq_len(n) * 5L) %% 11L) / 7
share <- function(formula, weights) {
  fit <- lm(formula, data = tea, weights = weights)
  fitted <- fitted(fit)
  mean <- weighted.mean(tea$age, weights)
  sum(weights * (fitted - mean)^2) / sum(weights * (tea$age - mean)^2)
}
row <- function(weights) {
  c(
    first = share(age ~ sex, weights), second = share(age ~ SPC, weights),
    additive = share(age ~ sex + SPC, weights), crossed = share(age ~ sex:SPC, weights)
  )
}
shares <- data.frame(weights = c("equal", "survey"), rbind(row(rep(1, n)), row(weights)))
write.csv(shares, "crossing/shares.csv", row.names = FALSE, quote = FALSE)
writeLines(c(R.version.string, R.version$platform), "crossing/versions.txt")
