# Writes intervals and tests of models with Firth's penalty: models/endometrial.csv,
# models/firth_profiles.csv. Run from R-free/reference, after make_models.R:  Rscript make_firth.R
# Package: brglm2 (Debian: r-cran-brglm2), for the data and as a check of the estimates.
#
# The profile penalised likelihood of Heinze & Schemper (2002) is maximised here by optim, its ends
# found by uniroot. (brglm's own profile takes the penalty of the model without the coefficient that is
# held when it maximises, so its intervals are somewhat narrower than theirs: 7.78 for 7.85.)
suppressMessages(library(brglm2))

write <- function(table, name) {
  numbers <- sapply(table, is.numeric)
  table[numbers] <- lapply(table[numbers], function(x) formatC(x, digits = 12, format = "g", width = 1))
  write.csv(table, paste0("models/", name, ".csv"), row.names = FALSE, quote = FALSE, na = "")
}

profiles <- function(model, D, y, terms, joint) {
  k <- ncol(D); logits <- max(y) - 1; size <- k * logits
  height <- function(b) {
    eta <- cbind(0, D %*% matrix(b, k))
    P <- exp(eta - apply(eta, 1, max)); P <- P / rowSums(P)
    information <- matrix(0, size, size)
    for (r in 1:logits) for (s in 1:logits) {
      w <- P[, r + 1] * ((r == s) - P[, s + 1])
      information[(r - 1) * k + 1:k, (s - 1) * k + 1:k] <- crossprod(D, D * w)
    }
    value <- sum(log(P[cbind(seq_along(y), y)])) + determinant(information)$modulus[1] / 2
    if (is.finite(value)) value else -1e10
  }
  climb <- function(start, held) {
    free <- setdiff(seq_along(start), held)
    if (length(free) == 0) return(start)
    whole <- function(part) replace(start, free, part)
    part <- start[free]
    for (again in 1:8) part <- optim(part, function(part) -height(whole(part)), method = "BFGS",
                                     control = list(reltol = 1e-16, maxit = 5000))$par
    whole(part)
  }
  best <- climb(rep(0, size), integer(0))
  top <- height(best)
  lost <- function(held) 2 * (top - height(climb(replace(best, held, 0), held)))
  end <- function(position, sign) {
    near <- best
    above <- function(d) {
      near <<- climb(replace(near, position, best[position] + sign * d), position)
      height(near) - top + qchisq(.95, 1) / 2
    }
    outer <- .01
    while (above(outer) > 0) outer <- 1.5 * outer
    best[position] + sign * uniroot(above, c(outer / 1.5, outer), tol = 1e-9)$root
  }
  each <- seq_len(size)
  rbind(
    data.frame(model = model, outcome = rep(levels_of[[model]][-1], each = k), term = rep(terms, logits),
               estimate = best, low = sapply(each, end, sign = -1), high = sapply(each, end, sign = 1),
               chi2 = sapply(each, lost)),
    data.frame(model = model, outcome = "", term = names(joint), estimate = NA, low = NA, high = NA,
               chi2 = sapply(joint, lost)))
}
levels_of <- list(endometrial = c("0", "1"), sparse = c("a", "b", "c"))

# Grade of endometrial cancer of 79 patients, the example of Heinze & Schemper.
data(endometrial, package = "brglm2")
write(endometrial, "endometrial")
two <- profiles("endometrial", model.matrix(HG ~ NV + PI + EH, endometrial), endometrial$HG + 1,
                c("(Intercept)", "NV", "PI", "EH"), list("(all)" = 2:4))
b <- glm(HG ~ NV + PI + EH, binomial, endometrial, method = "brglm_fit", type = "AS_mean", epsilon = 1e-12)
stopifnot(all.equal(unname(coef(b)), two$estimate[1:4], tolerance = 1e-5))

sparse <- read.csv("models/sparse_sample.csv")
sparse$practice <- relevel(factor(sparse$practice), "solo")
three <- profiles("sparse", model.matrix(~ practice + I(age / 10), sparse),
                  match(sparse$class, levels_of$sparse), c("(Intercept)", "practicegroup", "age"),
                  list("(all)" = c(2, 3, 5, 6), practice = c(2, 5), age = c(3, 6)))
write(rbind(two, three), "firth_profiles")
