# Writes the reference numbers of the clustering and of the class description:
# hcpc/*.csv, hcpc/*.csv.gz and catdes/*.csv. Run from R-free/reference, after make_data.R:
#   Rscript make_hcpc.R
suppressMessages(library(FactoMineR))
options(digits = 17)

save_table <- function(table, name) {
  numeric <- sapply(table, is.double)
  table[numeric] <- lapply(table[numeric], function(x) sprintf("%.17g", x))
  write.csv(table, name, row.names = FALSE, quote = TRUE)
}

save_compact <- function(table, name) {
  file <- gzfile(name, "wb", compression = 9)
  write.csv(table, file, row.names = FALSE, quote = FALSE)
  close(file)
}

answers <- function(name, rows = NULL, columns = NULL) {
  table <- read.csv(file.path("data", paste0(name, ".csv.gz")), colClasses = "character")
  if (!is.null(columns)) table <- table[, columns]
  if (!is.null(rows)) table <- table[rows, ]
  as.data.frame(lapply(table, factor), check.names = FALSE)
}

# Whole-number weights 1, 2, 3 in turn, and survey weights with decimals that sum to n.
whole_weights <- function(n) 1 + (seq_len(n) - 1) %% 3
survey_weights <- function(n) {
  weights <- 0.5 + ((seq_len(n) * 7) %% 11) / 10
  weights * n / sum(weights)
}

cases <- list(
  tea = list(answers = answers("tea", columns = 1:18), axes = 20),
  bfi = list(answers = answers("bfi"), axes = 5),
  bfi312 = list(answers = answers("bfi", rows = 1:312), axes = 5),
  wg93 = list(answers = answers("wg93", columns = 1:4), axes = 3),
  spi = list(answers = answers("spi"), axes = 5),
  bfi312_whole = list(
    answers = answers("bfi", rows = 1:312), axes = 5, weights = whole_weights(312)
  ),
  bfi312_survey = list(
    answers = answers("bfi", rows = 1:312), axes = 5, weights = survey_weights(312)
  )
)

# The simulated sample: its items, respondents who answered them all.
simulated <- read.csv("../../data/simulated_responses.csv", colClasses = "character",
                      na.strings = "")
simulated <- simulated[, grepl("^[EF][0-9]+$", names(simulated))]
simulated <- simulated[complete.cases(simulated), ]
cases$simulated <- list(
  answers = as.data.frame(lapply(simulated, factor), check.names = FALSE), axes = 5
)

summaries <- gains <- criteria <- individuals <- NULL

for (name in names(cases)) {
  case <- cases[[name]]
  cat(name, "\n")
  n <- nrow(case$answers)
  mca <- MCA(case$answers, ncp = case$axes, graph = FALSE, row.w = case$weights)
  # The rounded coordinates are the data: R and Python start from the same digits.
  coordinates <- round(mca$ind$coord, 6)
  colnames(coordinates) <- paste("Axis", seq_len(ncol(coordinates)))
  mca$ind$coord[] <- coordinates
  save_compact(as.data.frame(coordinates, check.names = FALSE),
               sprintf("hcpc/%s_coordinates.csv.gz", name))
  tree <- HCPC(mca, nb.clust = -1, min = 3, max = 10, graph = FALSE, consol = FALSE)
  final <- HCPC(mca, nb.clust = -1, min = 3, max = 10, graph = FALSE)
  partition <- data.frame(tree = as.integer(tree$data.clust$clust),
                          final = as.integer(final$data.clust$clust))
  if (!is.null(case$weights)) partition$weight <- case$weights
  save_compact(partition, sprintf("hcpc/%s_partition.csv.gz", name))
  summaries <- rbind(summaries, data.frame(
    case = name, respondents = n, axes = ncol(coordinates),
    suggested = nlevels(final$data.clust$clust),
    between_tree = tree$call$bw.before.consol, between_final = final$call$bw.after.consol,
    inertia = sum(final$call$t$inert.gain)
  ))
  first <- seq_len(min(n - 1, 300))
  gains <- rbind(gains, data.frame(case = name, classes = first + 1,
                                   gain = final$call$t$inert.gain[first],
                                   within = final$call$t$within[first + 1]))
  criteria <- rbind(criteria, data.frame(case = name, classes = 3:10,
                                         criterion = final$call$t$quot))
  for (kind in c("para", "dist")) for (class in seq_along(final$desc.ind[[kind]])) {
    listed <- final$desc.ind[[kind]][[class]]
    individuals <- rbind(individuals, data.frame(
      case = name, kind = kind, class = class, rank = seq_along(listed),
      respondent = as.integer(names(listed)), distance = as.vector(listed)
    ))
  }
  if (name %in% c("spi", "simulated")) next # their description would add nothing

  # catdes with every category: probability limit above one. Described: the tree's partition.
  described <- data.frame(class = factor(partition$tree), case$answers, check.names = FALSE)
  description <- catdes(described, 1, proba = 1.1, row.w = case$weights)
  categories <- do.call(rbind, lapply(names(description$category), function(class) {
    rows <- description$category[[class]]
    data.frame(class = class, label = rownames(rows), rows, check.names = FALSE)
  }))
  save_table(setNames(categories, c("class", "label", "class_share", "category_share",
                                    "overall_share", "p_value", "v_test")),
             sprintf("catdes/%s_categories.csv", name))
  chi2 <- description$test.chi2
  save_table(data.frame(variable = rownames(chi2), p_value = chi2[, 1], df = chi2[, 2]),
             sprintf("catdes/%s_variables.csv", name))

  quantities <- data.frame(class = factor(partition$tree), coordinates, check.names = FALSE)
  description <- catdes(quantities, 1, proba = 1.1, row.w = case$weights)
  axis <- function(names) sub("Axis.", "Axis ", names, fixed = TRUE)
  means <- do.call(rbind, lapply(names(description$quanti), function(class) {
    rows <- description$quanti[[class]]
    data.frame(class = class, variable = axis(rownames(rows)), rows, check.names = FALSE)
  }))
  save_table(setNames(means, c("class", "variable", "v_test", "class_mean", "overall_mean",
                               "class_sd", "overall_sd", "p_value")),
             sprintf("catdes/%s_quantities.csv", name))
  links <- description$quanti.var
  save_table(data.frame(variable = axis(rownames(links)), eta2 = links[, 1], p_value = links[, 2]),
             sprintf("catdes/%s_quantity_links.csv", name))
}

save_table(summaries, "hcpc/summary.csv")
save_table(gains, "hcpc/gains.csv")
save_table(criteria, "hcpc/criterion.csv")
save_table(individuals, "hcpc/individuals.csv")

# k-means of Hartigan and Wong from the centres of Ward's classes, on many parts of the tables.
read_coordinates <- function(name) {
  as.matrix(read.csv(sprintf("hcpc/%s_coordinates.csv.gz", name), check.names = FALSE))
}
parts <- rbind(
  expand.grid(case = "bfi", first = 1 + 312 * (0:6), size = 312, axes = c(2, 3, 5)),
  expand.grid(case = "spi", first = 1 + 500 * (0:7), size = 500, axes = c(3, 5)),
  expand.grid(case = "tea", first = 1, size = 300, axes = c(2, 3, 5, 10, 20)),
  expand.grid(case = "bfi", first = 1, size = 2436, axes = c(3, 5)),
  expand.grid(case = "spi", first = 1, size = 4000, axes = c(3, 5))
)
kmeans_table <- NULL
for (i in seq_len(nrow(parts))) {
  part <- parts[i, ]
  rows <- part$first + seq_len(part$size) - 1
  points <- read_coordinates(as.character(part$case))[rows, seq_len(part$axes)]
  tree <- hclust(dist(points), "ward.D2")
  for (k in c(3, 4, 5, 8)) {
    classes <- cutree(tree, k)
    centres <- rowsum(points, classes) / as.vector(table(classes))
    within <- sapply(c(10, 100), function(iterations) {
      suppressWarnings(kmeans(points, centres, iter.max = iterations)$tot.withinss)
    })
    kmeans_table <- rbind(kmeans_table, data.frame(
      part, classes = k, within_10 = within[1] / part$size, within_100 = within[2] / part$size
    ))
  }
}
kmeans_table$case <- as.character(kmeans_table$case)
save_table(kmeans_table, "hcpc/kmeans.csv")

# Respondents who share 8 positions: beyond 8 classes, R divides rounding errors, or 0, by each other.
set.seed(18)
positions <- matrix(round(rnorm(8 * 3), 1), 8)
shared <- as.data.frame(positions[c(1:8, sample(8, 29, TRUE)), ])
names(shared) <- paste("Axis", 1:3)
tied <- HCPC(PCA(shared, ncp = 3, scale.unit = FALSE, graph = FALSE), nb.clust = -1, min = 3,
             max = 10, graph = FALSE, consol = FALSE)
save_table(shared, "hcpc/ties_coordinates.csv")
save_table(data.frame(classes = 3:10, criterion = tied$call$t$quot,
                      suggested = 3:10 == nlevels(tied$data.clust$clust)), "hcpc/ties.csv")

save_table(data.frame(
  name = c("R", "FactoMineR"),
  version = c(as.character(getRversion()), as.character(packageVersion("FactoMineR")))
), "hcpc/versions.csv")
