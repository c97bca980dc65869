# Writes average predictions of nnet's models of membership: models/predictions.csv. Run from
# R-free/reference, after make_models.R:  Rscript make_predictions.R
# Delta method by numerical derivatives; quartiles by base R's sorting. Package: nnet.
suppressMessages(library(nnet))

prepare <- function(case) {
  d <- read.csv(gzfile(paste0("models/", case, "_sample.csv.gz")), na.strings = "")
  d <- d[complete.cases(d), ]
  d$y <- factor(d$class)
  d
}
bfi <- prepare("bfi")
bfi$gender <- relevel(factor(bfi$gender), "female")
bfi$education <- relevel(factor(bfi$education), "level3")
simulated <- prepare("simulated")
simulated$sex <- relevel(factor(simulated$sex), "female")
simulated$territory <- relevel(factor(simulated$territory), "urban")
simulated$practice <- relevel(factor(simulated$practice), "group")
cases <- list(
  bfi = list(data = bfi, terms = c("gender", "education", "age")),
  simulated = list(data = simulated, terms = c("age", "sex", "territory", "practice"))
)

rows <- list()
for (case in names(cases)) {
  d <- cases[[case]]$data; terms <- cases[[case]]$terms
  scaled <- d; scaled$age <- d$age / 10
  formula <- reformulate(terms, "y")
  fit <- multinom(formula, scaled, Hess = TRUE, trace = FALSE, maxit = 5000, reltol = 1e-14)
  K <- nlevels(d$y); V <- vcov(fit); theta <- c(t(coef(fit)))
  predicted <- function(theta, X) {
    e <- cbind(1, exp(X %*% matrix(theta, ncol = K - 1)))
    colMeans(e / rowSums(e))
  }
  for (variable in terms) {
    if (variable == "age") {
      values <- sort(d$age)[ceiling(nrow(d) * c(0.25, 0.5, 0.75))]
    } else values <- levels(d[[variable]])
    for (value in values) {
      new <- scaled
      new[[variable]] <- if (variable == "age") value / 10 else factor(value, levels(d[[variable]]))
      X <- model.matrix(delete.response(terms(fit)), new, xlev = fit$xlevels)
      p <- predicted(theta, X)
      J <- sapply(seq_along(theta), function(j) {
        h <- 1e-5; up <- theta; down <- theta; up[j] <- up[j] + h; down[j] <- down[j] - h
        (predicted(up, X) - predicted(down, X)) / (2 * h)
      })
      error <- sqrt(diag(J %*% V %*% t(J)))
      low <- plogis(qlogis(p) - qnorm(0.975) * error / (p * (1 - p)))
      high <- plogis(qlogis(p) + qnorm(0.975) * error / (p * (1 - p)))
      rows[[length(rows) + 1]] <- data.frame(
        case = case, variable = variable, value = as.character(value), class = levels(d$y),
        probability = p, std_error = error, low = low, high = high)
    }
  }
}
table <- do.call(rbind, rows)
numbers <- c("probability", "std_error", "low", "high")
table[numbers] <- lapply(table[numbers], function(x) formatC(x, digits = 12, format = "g", width = 1))
write.csv(table, "models/predictions.csv", row.names = FALSE, quote = FALSE)
