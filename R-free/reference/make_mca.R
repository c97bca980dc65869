# Writes the MCA numbers of R that the tests of rfree compare with: mca/<case>_<what>.csv
# Run from R-free/reference after make_data.R:  Rscript make_mca.R
# write.csv keeps 15 significant digits. Categories are named (variable, category) by their
# order in the factor levels, checked against FactoMineR's own row names.
suppressMessages({
  library(FactoMineR)
  library(ca)
})

read_answers <- function(name, columns = NULL) {
  table <- read.csv(file.path("data", paste0(name, ".csv.gz")), check.names = FALSE)
  if (!is.null(columns)) table <- table[, columns]
  table
}

as_factors <- function(table) {
  table[] <- lapply(table, factor)
  table
}

write_table <- function(table, case, what) {
  file <- file.path("mca", paste0(case, "_", what, ".csv"))
  write.csv(table, file, row.names = FALSE, quote = FALSE)
}

# One column a quantity and axis: coordinate_1, ..., v_test_3.
by_axis <- function(result, quantities, axes) {
  columns <- lapply(names(quantities), function(name) {
    values <- as.data.frame(result[[quantities[[name]]]][, axes, drop = FALSE])
    setNames(values, paste0(name, "_", axes))
  })
  do.call(cbind, columns)
}

category_names <- function(factors) {
  data.frame(
    variable = rep(names(factors), sapply(factors, nlevels)),
    category = unlist(lapply(factors, levels), use.names = FALSE)
  )
}

check_names <- function(named, printed) {
  stopifnot(nrow(named) == length(printed), endsWith(printed, named$category))
  named
}

write_case <- function(case, result, active, excluded = NULL, axes = 1:5, rows = NULL) {
  write_table(data.frame(eigenvalue = result$eig[, 1]), case, "eigenvalues")
  named <- category_names(active)
  if (!is.null(excluded)) named <- named[-excluded, ]
  quantities <- list(
    coordinate = "coord", contribution = "contrib", cos2 = "cos2", v_test = "v.test"
  )
  check_names(named, rownames(result$var$coord))
  write_table(cbind(named, by_axis(result$var, quantities, axes)), case, "categories")
  write_table(
    cbind(variable = names(active), by_axis(result$var, list(eta2 = "eta2"), axes)), case, "eta2"
  )
  if (!is.null(rows)) {
    quantities <- list(coordinate = "coord", contribution = "contrib", cos2 = "cos2")
    values <- by_axis(result$ind, quantities, axes)[rows, ]
    write_table(cbind(row = rows - 1L, values), case, "rows") # counted from 0
  }
}

write_supplementary <- function(case, result, factors, axes = 1:5) {
  quantities <- list(coordinate = "coord", cos2 = "cos2", v_test = "v.test")
  named <- check_names(category_names(factors), rownames(result$quali.sup$coord))
  write_table(
    cbind(named, by_axis(result$quali.sup, quantities, axes)), case, "supplementary_categories"
  )
  eta2 <- by_axis(result$quali.sup, list(eta2 = "eta2"), axes)
  write_table(cbind(variable = names(factors), eta2), case, "supplementary_eta2")
  if (!is.null(result$quanti.sup)) {
    correlation <- by_axis(result$quanti.sup, list(correlation = "coord"), axes)
    names <- rownames(result$quanti.sup$coord)
    write_table(cbind(variable = names, correlation), case, "supplementary_correlations")
  }
}

# R calls a category "variable=category", or "variable=variable_category" where variables share it.
split_names <- function(names) {
  variable <- sub("=.*", "", names)
  if (!any(grepl("=", names))) return(data.frame(variable))
  category <- sub("^[^=]*=", "", names)
  prefix <- paste0(variable, "_")
  shared <- startsWith(category, prefix)
  category[shared] <- substring(category, nchar(prefix) + 1)[shared]
  data.frame(variable, category)
}

# Sorted by significance, as R prints.
write_dimdesc <- function(case, described) {
  collect <- function(part) {
    do.call(rbind, lapply(seq_along(described), function(axis) {
      table <- described[[axis]][[part]]
      if (is.null(table)) return(NULL)
      data.frame(axis = axis, split_names(rownames(table)), unclass(table), row.names = NULL)
    }))
  }
  for (part in c("quali", "category", "quanti")) {
    table <- collect(part)
    if (!is.null(table)) write_table(table, case, paste0("dimdesc_", part))
  }
}

describe <- function(result) dimdesc(result, axes = 1:3, proba = 1)[1:3]

# dimdesc leaves out the weights of the respondents; condes, which it calls, takes them.
describe_weighted <- function(result, table, weights) {
  lapply(1:3, function(axis) {
    condes(cbind(axis = result$ind$coord[, axis], table), 1, weights = weights, proba = 1)
  })
}

some_rows <- function(n) c(1:50, n - 1L, n)

dir.create("mca", showWarnings = FALSE)

# tea: 18 questions, 17 supplementary questions and age. -------------------------------------
tea <- read_answers("tea")
tea[-19] <- as_factors(tea[-19])
result <- MCA(tea, ncp = 20, quanti.sup = 19, quali.sup = 20:36, graph = FALSE)
write_case("tea", result, tea[1:18], rows = some_rows(300L))
write_supplementary("tea", result, tea[20:36])
write_dimdesc("tea", describe(result))

# wg93: four items, sex, age and education supplementary; adjusted inertias from ca::mjca. ---
wg93 <- as_factors(read_answers("wg93"))
result <- MCA(wg93, ncp = 5, quali.sup = 5:7, graph = FALSE)
write_case("wg93", result, wg93[1:4], axes = 1:3, rows = some_rows(871L))
write_supplementary("wg93", result, wg93[5:7], axes = 1:3)
adjusted <- mjca(wg93[1:4], lambda = "adjusted")
rates <- data.frame(
  adjusted = adjusted$sv[1:adjusted$nd.max]^2,
  percent = 100 * adjusted$inertia.e[1:adjusted$nd.max]
)
write_table(rates[!is.na(rates$percent), ], "wg93", "adjusted")

# bfi: 25 items; gender and education supplementary, age numeric. ---------------------------
bfi <- as_factors(read_answers("bfi"))
n <- nrow(bfi)
background <- read_answers("bfi_background")
background[1:2] <- as_factors(background[1:2])
both <- cbind(bfi, background)
supplementary_MCA <- function(...) {
  MCA(both, ncp = 5, quali.sup = 26:27, quanti.sup = 28, graph = FALSE, ...)
}
result <- supplementary_MCA()
write_case("bfi", result, bfi, rows = some_rows(n))
write_supplementary("bfi", result, background[1:2])
write_dimdesc("bfi", describe(result))

# The last 36 respondents supplementary.
result <- MCA(bfi, ncp = 5, ind.sup = 2401:n, graph = FALSE)
values <- by_axis(result$ind.sup, list(coordinate = "coord", cos2 = "cos2"), 1:5)
write_table(cbind(row = 2400:(n - 1L), values), "bfi", "supplementary_rows")

# Frequency weights: 1, 2 or 3 respondents a row.
frequencies <- (seq_len(n) * 7L) %% 3L + 1L
result <- supplementary_MCA(row.w = frequencies)
write_case("bfi_frequencies", result, bfi, axes = 1:3, rows = some_rows(n))
write_supplementary("bfi_frequencies", result, background[1:2], axes = 1:3)

# Survey weights, which sum to the number of respondents.
weights <- 0.5 + ((seq_len(n) * 5L) %% 11L) / 7
weights <- weights * n / sum(weights)
result <- supplementary_MCA(row.w = weights)
write_case("bfi_weighted", result, bfi, axes = 1:3, rows = some_rows(n))
write_supplementary("bfi_weighted", result, background[1:2], axes = 1:3)
write_dimdesc("bfi_weighted", describe_weighted(result, both, weights))

# Passive categories (specific MCA): A1 = 6, C5 = 6, N5 = 1 and N5 = 2, by rank in the table.
named <- category_names(bfi)
passive <- which(paste(named$variable, named$category) %in% c("A1 6", "C5 6", "N5 1", "N5 2"))
result <- supplementary_MCA(excl = passive)
write_case("bfi_passive", result, bfi, axes = 1:3, excluded = passive, rows = some_rows(n))
write_supplementary("bfi_passive", result, background[1:2], axes = 1:3)
result <- supplementary_MCA(excl = passive, row.w = weights)
write_case("bfi_passive_weighted", result, bfi, axes = 1:3, excluded = passive, rows = some_rows(n))

# spi: 135 items, 4,000 respondents; only what a small file can hold. ------------------------
spi <- as_factors(read_answers("spi"))
result <- MCA(spi, ncp = 3, graph = FALSE)
write_table(data.frame(eigenvalue = result$eig[, 1]), "spi", "eigenvalues")
named <- check_names(category_names(spi), rownames(result$var$coord))
write_table(
  cbind(named, by_axis(result$var, list(coordinate = "coord"), 1:3)), "spi", "categories"
)
write_table(
  cbind(row = 0:49, by_axis(result$ind, list(coordinate = "coord"), 1:3)[1:50, ]), "spi", "rows"
)

# The simulated sample, once it is there: its items, respondents who answered them all. ------
simulated <- "../../data/simulated_responses.csv"
if (file.exists(simulated)) {
  answers <- read.csv(simulated, check.names = FALSE, colClasses = "character", na.strings = "")
  items <- answers[grepl("^[EF][0-9]{2}$", names(answers))]
  complete <- complete.cases(items)
  result <- MCA(items <- as_factors(items[complete, ]), ncp = 5, graph = FALSE)
  write_case("simulated", result, items, axes = 1:3, rows = 1:50)
}

# What made these numbers. ---------------------------------------------------------------------
packages <- c("FactoMineR", "ca", "psychTools")
versions <- sapply(packages, function(package) as.character(packageVersion(package)))
lines <- c(R.version.string, R.version$platform, paste(packages, versions))
writeLines(lines, "versions.txt")
