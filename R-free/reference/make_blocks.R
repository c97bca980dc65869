# Writes the numbers of R's multiple factor analysis of groups of categories: blocks/<case>_<what>.csv
# Run from R-free/reference after make_data.R:  Rscript make_blocks.R
# FactoMineR places a category at the barycentre of its respondents; rfree divides by sqrt(lambda).
suppressMessages(library(FactoMineR))

dir.create("blocks", showWarnings = FALSE)

write_table <- function(table, case, what) {
  write.csv(table, file.path("blocks", paste0(case, "_", what, ".csv")), row.names = FALSE, quote = FALSE)
}

by_axis <- function(values, name, axes) {
  setNames(as.data.frame(values[, axes, drop = FALSE]), paste0(name, "_", axes))
}

write_case <- function(case, answers, sizes, rows, axes = 1:4, weights = NULL) {
  answers[] <- lapply(answers, factor)
  result <- MFA(
    answers, group = sizes, type = rep("n", length(sizes)), ncp = max(axes), row.w = weights, graph = FALSE
  )
  write_table(data.frame(eigenvalue = result$eig[, 1]), case, "eigenvalues")
  named <- data.frame(
    variable = rep(names(answers), sapply(answers, nlevels)),
    category = unlist(lapply(answers, levels), use.names = FALSE)
  )
  stopifnot(endsWith(rownames(result$quali.var$coord), named$category))
  write_table(
    cbind(
      named,
      by_axis(result$quali.var$coord, "barycentre", axes),
      by_axis(result$quali.var$contrib, "contribution", axes)
    ),
    case, "categories"
  )
  write_table(cbind(row = rows - 1L, by_axis(result$ind$coord, "coordinate", axes)[rows, ]), case, "rows")
  first <- sapply(result$separate.analyses, function(each) each$eig[1, 1])
  write_table(
    cbind(block = seq_along(sizes), first_eigenvalue = first, by_axis(result$group$coord, "coordinate", axes)),
    case, "groups"
  )
}

tea <- read.csv("data/tea.csv.gz", check.names = FALSE)
write_case("tea", tea[1:18], c(8, 10), rows = c(1:30, 300L))
bfi <- read.csv("data/bfi.csv.gz", check.names = FALSE)
n <- nrow(bfi)
write_case("bfi", bfi, rep(5, 5), rows = c(1:30, n))
weights <- 0.5 + ((seq_len(n) * 5L) %% 11L) / 7
write_case("bfi_weighted", bfi, rep(5, 5), rows = c(1:30, n), weights = weights / sum(weights))

lines <- c(R.version.string, R.version$platform, paste("FactoMineR", packageVersion("FactoMineR")))
writeLines(lines, "blocks/versions.txt")
