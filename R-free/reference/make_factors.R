# Writes omega hierarchical and polychoric parallel analysis of R's psych: factors/*.csv
# Run from R-free/reference after make_data.R:  Rscript make_factors.R
# psych's own optimisers stop early: loadings agree to about four decimals.
suppressPackageStartupMessages({
  library(psych)
  library(GPArotation)
})
options(digits = 15, mc.cores = 1, warn = 1)
dir.create("factors", showWarnings = FALSE)
write_table <- function(table, name) {
  write.csv(table, file.path("factors", paste0(name, ".csv")), row.names = FALSE, quote = FALSE)
}

bfi <- read.csv("data/bfi.csv.gz")
reversed <- c("A1", "C4", "C5", "E1", "E2", "O2", "O5")
for (item in reversed) bfi[[item]] <- 7 - bfi[[item]]
first <- bfi[1:600, ]

summary_of <- function(case, matrix, factors) {
  result <- omega(matrix, nfactors = factors, fm = "minres", rotate = "oblimin", flip = FALSE, plot = FALSE)
  general <- result$schmid$sl[, "g"]
  write_table(data.frame(item = rownames(matrix), general = general), paste0(case, "_general"))
  data.frame(case = case, factors = factors, omega_hierarchical = result$omega_h,
             omega_total = result$omega.tot, explained_common_variance = result$ECV)
}

columns <- c("A2", "A3", "A4", "A5", "C2", "C3", "C4", "C5", "E2", "E3", "E4", "E5")
pearson <- cor(bfi[columns])
poly <- polychoric(first[columns], correct = 0)$rho
write_table(as.data.frame(poly), "poly_correlations")
write_table(rbind(summary_of("pearson", pearson, 3), summary_of("poly", poly, 3), summary_of("two", pearson, 2)), "omega")

# Eigenvalues do not depend on the draws; the quantiles of the resampled answers do.
set.seed(11)
parallel <- fa.parallel(first[1:200, c("A1", "A2", "A3", "A4", "A5", "E1")], cor = "poly", fa = "both", fm = "minres", n.iter = 20, sim = FALSE,
                        quant = .95, correct = 0, plot = FALSE)
write_table(
  data.frame(number = seq_along(parallel$pc.values), component = parallel$pc.values,
             component_chance = parallel$pc.simr, factor = parallel$fa.values, factor_chance = parallel$fa.simr),
  "parallel"
)
write_table(data.frame(components = parallel$ncomp, factors = parallel$nfact), "parallel_numbers")
versions <- sapply(c("psych", "GPArotation"), function(each) as.character(packageVersion(each)))
writeLines(c(R.version.string, R.version$platform, paste(names(versions), versions)), "factors/versions.txt")
