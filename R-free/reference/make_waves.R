# Writes the reference numbers of the comparison of two waves: waves/*.csv.
# Run from R-free/reference, after make_data.R:
#   Rscript make_waves.R
# Packages: MASS, survey, vegan (Debian: r-recommended r-cran-survey r-cran-vegan).
suppressMessages({library(MASS); library(survey); library(vegan)})
dir.create("waves", showWarnings = FALSE)
save_table <- function(table, name) {
  numeric <- sapply(table, is.double)
  table[numeric] <- lapply(table[numeric], function(x) sprintf("%.15g", x))
  write.csv(table, file.path("waves", name), row.names = FALSE, quote = FALSE)
}

# Invariance: items of agreeableness of bfi, the attitude being the first principal component of
# the correlations within samples, as item_invariance of rfree says. Two groups of 150.
bfi <- read.csv("data/bfi.csv.gz")[1:300, ]
items <- as.matrix(bfi[, paste0("A", 1:5)])
second <- rep(c(FALSE, TRUE), each = 150)
items[second, 2] <- pmin(items[second, 2] + 1, 6)
weights <- 0.5 + ((seq_len(300) * 7) %% 11) / 10
person <- rep(1:150, 2)

score_of <- function(items) {
  centred <- sweep(items, 2, colMeans(items))
  within <- items
  for (part in list(second, !second))
    within[part, ] <- sweep(items[part, ], 2, colMeans(items[part, ]))
  axes <- eigen(cor(within))
  loading <- axes$vectors[, 1] * sqrt(axes$values[1])
  score <- centred %*% (loading / (1 - loading^2) / sqrt(colMeans(within^2)))
  as.vector(score / sqrt(mean(score^2)))
}
score <- score_of(items)
tested <- NULL
for (item in colnames(items)) {
  frame <- data.frame(y = ordered(items[, item]), s = score, s2 = score^2, g = as.numeric(second),
                      w = weights, person = person)
  frame$gs <- frame$g * frame$s
  fit <- function(formula) {
    polr(formula, data = frame, Hess = TRUE, control = list(reltol = 1e-14, maxit = 1000))
  }
  height <- c(logLik(fit(y ~ s + s2)), logLik(fit(y ~ s + s2 + g)),
              logLik(fit(y ~ s + s2 + g + gs)))
  wald <- function(design, formula, terms) {
    model <- svyolr(formula, design)
    slopes <- coef(model)[terms]
    as.numeric(slopes %*% solve(vcov(model)[terms, terms], slopes))
  }
  panel <- svydesign(ids = ~person, weights = ~1, data = frame)
  weighted <- svydesign(ids = ~1, weights = ~w, data = frame)
  both <- y ~ s + s2 + g + gs
  tested <- rbind(tested, data.frame(
    item = item, design = c("independent", "panel", "weighted"),
    both = c(2 * (height[3] - height[1]), wald(panel, both, c("g", "gs")),
             wald(weighted, both, c("g", "gs"))),
    uniform = c(2 * (height[2] - height[1]), wald(panel, y ~ s + s2 + g, "g"),
                wald(weighted, y ~ s + s2 + g, "g")),
    nonuniform = c(2 * (height[3] - height[2]), wald(panel, both, "gs"),
                   wald(weighted, both, "gs"))
  ))
}
save_table(tested, "invariance.csv")

# Procrustes with permutations that are written too.
set.seed(4)
first <- matrix(rnorm(24), 12)
other <- first %*% matrix(c(0, 1, -1, 0), 2) + matrix(rnorm(24), 12)
orders <- t(replicate(199, sample(12)))
test <- protest(first, other, permutations = orders)
save_table(data.frame(a1 = first[, 1], a2 = first[, 2], b1 = other[, 1], b2 = other[, 2]),
           "protest_maps.csv")
save_table(data.frame(orders - 1, correlation = test$t), "protest_permutations.csv")
save_table(data.frame(m2 = test$ss, correlation = test$t0, p_value = test$signif), "protest.csv")

# McNemar's mid-p of those who gained and lost, Fisher's test of two shares.
changes <- expand.grid(gained = 0:9, lost = 0:9)
changes <- changes[changes$gained + changes$lost > 0, ]
size <- changes$gained + changes$lost
fewer <- pmin(changes$gained, changes$lost)
point <- dbinom(fewer, size, 0.5)
changes$mid_p <- ifelse(changes$gained == changes$lost, 1 - point / 2,
                        2 * pbinom(fewer, size, 0.5) - point)
save_table(changes, "mid_p.csv")
shares <- data.frame(first = c(0, 1, 2, 9, 3), n_first = c(9, 12, 20, 10, 40),
                     second = c(4, 6, 9, 3, 3), n_second = c(11, 14, 25, 12, 7))
shares$p_value <- mapply(function(a, n, b, m) fisher.test(matrix(c(a, n - a, b, m - b), 2))$p.value,
                         shares$first, shares$n_first, shares$second, shares$n_second)
save_table(shares, "shares.csv")

versions <- c(R = as.character(getRversion()))
for (package in c("MASS", "survey", "vegan"))
  versions[package] <- as.character(packageVersion(package))
write.csv(data.frame(name = names(versions), version = versions), "waves/versions.csv",
          row.names = FALSE, quote = FALSE)
