# Writes an ordered factor whose levels are not in alphabetical order, and MASS::polr's model of it:
# models/ordered_sample.csv, models/ordered_factor.csv. Run from R-free/reference:  Rscript make_ordered.R
suppressMessages(library(MASS))
set.seed(7)
n <- 240
sample <- data.frame(sex = rep(c("f", "m"), n / 2), age = round(runif(n, 25, 65)))
latent <- .9 * (sample$sex == "m") + .04 * sample$age + rlogis(n)
sample$y <- c("low", "mid", "high")[findInterval(latent, c(1.5, 3)) + 1]
write.csv(sample, "models/ordered_sample.csv", row.names = FALSE, quote = FALSE)
sample$y <- factor(sample$y, levels = c("low", "mid", "high"), ordered = TRUE)
fitted <- polr(y ~ sex + age, sample, Hess = TRUE, control = list(reltol = 1e-15, maxit = 5000))
table <- coef(summary(fitted))
write.csv(data.frame(term = rownames(table), estimate = formatC(table[, 1], digits = 12, format = "g")),
          "models/ordered_factor.csv", row.names = FALSE, quote = FALSE)
