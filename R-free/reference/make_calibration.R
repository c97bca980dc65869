# Writes weights raked by survey::rake: calibration/*.csv. Run from R-free/reference, after
# make_data.R:  Rscript make_calibration.R
suppressMessages(library(survey))

wg93 <- read.csv("data/wg93.csv.gz", check.names = FALSE)
for (variable in c("sex", "age", "edu")) wg93[[variable]] <- as.character(wg93[[variable]])
wg93$base <- 0.5 + ((5 * seq_len(nrow(wg93))) %% 11) / 7
margins <- list(
  sex = c("1" = .49, "2" = .51),
  age = c("1" = .15, "2" = .17, "3" = .18, "4" = .16, "5" = .14, "6" = .20),
  edu = c("1" = .05, "2" = .40, "3" = .25, "4" = .12, "5" = .06, "6" = .12)
)
n <- nrow(wg93)
raked <- function(base) {
  design <- svydesign(ids = ~1, weights = base, data = wg93)
  populations <- lapply(names(margins), function(v) {
    table <- data.frame(names(margins[[v]]), unname(margins[[v]]) * n)
    names(table) <- c(v, "Freq")
    table
  })
  formulas <- lapply(names(margins), function(v) as.formula(paste("~", v)))
  weights(rake(design, formulas, populations, control = list(maxit = 10000, epsilon = 1e-11)))
}
flat <- rep(1, n)
weights <- data.frame(raked = raked(flat), raked_from_base = raked(wg93$base))
write.csv(format(weights, digits = 15), "calibration/wg93_weights.csv", row.names = FALSE, quote = FALSE)
long <- do.call(rbind, lapply(names(margins), function(v)
  data.frame(variable = v, category = names(margins[[v]]), share = unname(margins[[v]]))))
write.csv(long, "calibration/wg93_margins.csv", row.names = FALSE, quote = FALSE)

# Goodness of fit of the unweighted sample.
fits <- do.call(rbind, lapply(names(margins), function(v) {
  observed <- table(factor(wg93[[v]], levels = names(margins[[v]])))
  test <- chisq.test(observed, p = margins[[v]])
  data.frame(variable = v, chi2 = test$statistic, df = test$parameter, p_value = test$p.value)
}))
write.csv(format(fits, digits = 15), "calibration/wg93_goodness_of_fit.csv", row.names = FALSE, quote = FALSE)
versions <- c(R = as.character(getRversion()), survey = as.character(packageVersion("survey")))
writeLines(c("name,version", paste(names(versions), versions, sep = ",")), "calibration/versions.csv")
