# Writes the numbers of class specific analyses: class_specific/<case>_<what>.csv
# Run from R-free/reference after make_data.R:  Rscript make_class_specific.R
# By its definition (Le Roux & Rouanet 2010), it is the principal component analysis of the
# members' indicator table, each column z / f weighing f / Q, f being the shares among all: so it is
# made here with FactoMineR::PCA. Typicality: every subgroup of a small sample, by combn.
suppressMessages(library(FactoMineR))

dir.create("class_specific", showWarnings = FALSE)

write_table <- function(table, case, what) {
  file <- file.path("class_specific", paste0(case, "_", what, ".csv"))
  write.csv(table, file, row.names = FALSE, quote = FALSE)
}

by_axis <- function(values, name) setNames(as.data.frame(values), paste0(name, "_", seq_len(ncol(values))))

write_case <- function(case, answers, members, excluded = NULL, weights = rep(1, nrow(answers)), axes = 3) {
  answers[] <- lapply(answers, factor)
  named <- data.frame(
    variable = rep(names(answers), sapply(answers, nlevels)),
    category = unlist(lapply(answers, levels), use.names = FALSE)
  )
  indicator <- do.call(cbind, lapply(answers, function(column) outer(column, levels(column), "==") * 1))
  shares <- colSums(indicator * weights) / sum(weights)
  kept <- !(paste(named$variable, named$category) %in% excluded)
  result <- PCA(
    as.data.frame(sweep(indicator, 2, shares, "/")[members, kept]), scale.unit = FALSE, ncp = axes,
    row.w = weights[members] / sum(weights[members]), col.w = shares[kept] / ncol(answers), graph = FALSE
  )
  write_table(data.frame(eigenvalue = result$eig[, 1]), case, "eigenvalues")
  write_table(
    cbind(
      named[kept, ], by_axis(result$var$coord, "coordinate"), by_axis(result$var$contrib, "contribution")
    ),
    case, "categories"
  )
  rows <- c(1:20, sum(members))
  write_table(cbind(row = which(members)[rows] - 1L, by_axis(result$ind$coord[rows, ], "coordinate")), case, "rows")
}

tea <- read.csv("data/tea.csv.gz", check.names = FALSE)
write_case("tea", tea[1:18], tea$sex == "M")
bfi <- read.csv("data/bfi.csv.gz", check.names = FALSE)
background <- read.csv("data/bfi_background.csv.gz")
weights <- 0.5 + ((seq_len(nrow(bfi)) * 5L) %% 11L) / 7
write_case(
  "bfi", bfi, background$gender == 1, c("A1 6", "C5 6", "N5 1", "N5 2"), weights
)

# Every subgroup of 4 among 16 points on two axes: |d| of each axis, and D.
points <- data.frame(x = round(sin(1:16 * 2.3) * 2 + (1:16) / 8, 3), y = round(cos(1:16 * 1.7), 3))
members <- c(9, 12, 14, 15)
centred <- scale(points, scale = FALSE)
spread <- crossprod(centred) / 16
deviation <- function(rows) colMeans(centred[rows, ]) / sqrt(diag(spread))
distance <- function(rows) sqrt(mahalanobis(colMeans(centred[rows, ]), c(0, 0), spread))
every <- combn(16, 4)
far <- rbind(abs(apply(every, 2, deviation)), apply(every, 2, distance))
observed <- c(deviation(members), distance(members))
p <- rowMeans(far >= abs(observed) * (1 - 1e-9))
write_table(data.frame(row = 0:15, points, member = seq_len(16) %in% members), "typicality", "points")
write_table(data.frame(statistic = c("x", "y", "distance"), observed = observed, p_value = p), "typicality", "tests")

lines <- c(R.version.string, R.version$platform, paste("FactoMineR", packageVersion("FactoMineR")))
writeLines(lines, "class_specific/versions.txt")
