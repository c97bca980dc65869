# Writes partitions by other methods with R: other_clusterings/*.csv
# Run from R-free/reference after make_data.R:  Rscript make_other_clusterings.R
# Packages cluster (pam, daisy), flexmix and fpc (latent classes by expectation-maximisation).
suppressMessages({
  library(cluster)
  library(flexmix)
  library(fpc)
})

bfi <- read.csv("data/bfi.csv.gz", check.names = FALSE)[1:200, ]
tea <- read.csv("data/tea.csv.gz", check.names = FALSE)[1:150, 1:18]
tea[] <- lapply(tea, factor)
# Some answers left out, so that only what both answered counts.
gap <- outer(1:200, 1:25, function(row, column) (7 * row + 3 * column) %% 23 == 0)
bfi[gap] <- NA

distances <- list(bfi = daisy(bfi, metric = "gower"), tea = daisy(tea, metric = "gower"))
write.csv(round(as.matrix(distances$bfi)[1:5, ], 12), "other_clusterings/gower_bfi.csv", row.names = FALSE)
write.csv(round(as.matrix(distances$tea)[1:5, ], 12), "other_clusterings/gower_tea.csv", row.names = FALSE)
medoids <- do.call(rbind, lapply(names(distances), function(case) {
  do.call(rbind, lapply(2:6, function(k) {
    result <- pam(distances[[case]], k)
    data.frame(
      case = case, classes = k, mean_distance = result$objective[["swap"]],
      silhouette = result$silinfo$avg.width, sizes = paste(sort(result$clusinfo[, "size"]), collapse = " "),
      medoids = paste(sort(result$id.med) - 1, collapse = " ")
    )
  }))
}))
write.csv(medoids, "other_clusterings/pam.csv", row.names = FALSE, quote = FALSE)

# Latent classes of wg93, A-D. Of many starts, the highest log-likelihood.
wg93 <- as.matrix(read.csv("data/wg93.csv.gz", check.names = FALSE)[, 1:4])
storage.mode(wg93) <- "integer"
levels_of <- apply(wg93, 2, max)
set.seed(1)
latent <- do.call(rbind, lapply(1:4, function(k) {
  fits <- lapply(1:(if (k == 1) 1 else 40), function(start) {
    flexmix(wg93 ~ 1, k = k,
      model = lcmixed(continuous = 0, discrete = 4, ppdim = levels_of),
      control = list(minprior = 0, tolerance = 1e-12, iter.max = 5000))
  })
  likelihoods <- sapply(fits, function(fit) as.numeric(logLik(fit)))
  best <- fits[[which.max(likelihoods)]]
  data.frame(classes = k, log_likelihood = max(likelihoods),
             sizes = paste(sprintf("%.6f", sort(prior(best), decreasing = TRUE)), collapse = " "))
}))
write.csv(latent, "other_clusterings/latent_classes.csv", row.names = FALSE, quote = FALSE)
packages <- c("cluster", "flexmix", "fpc")
versions <- sapply(packages, function(name) as.character(packageVersion(name)))
writeLines(paste(c("R", packages), c(as.character(getRversion()), versions)), "other_clusterings/versions.txt")
