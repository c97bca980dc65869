# Writes the real answers on which the reference numbers are computed: data/*.csv.gz
# Run from R-free/reference:  Rscript make_data.R
suppressMessages({
  library(psychTools)
  library(ca)
  library(FactoMineR)
})

write_compact <- function(table, name) {
  # R's gzfile stamps no time in the header: the same table gives the same bytes.
  file <- gzfile(file.path("data", paste0(name, ".csv.gz")), "wb", compression = 9)
  write.csv(table, file, row.names = FALSE, quote = FALSE)
  close(file)
}

integer_codes <- function(table) as.data.frame(lapply(table, as.integer), check.names = FALSE)

# bfi: the respondents who answered all 25 items, in the order of the package.
data(bfi)
complete <- complete.cases(bfi[, 1:25])
write_compact(integer_codes(bfi[complete, 1:25]), "bfi")
background <- integer_codes(bfi[complete, c("gender", "education", "age")])
background$education[is.na(background$education)] <- 0L # 0: not stated
write_compact(background, "bfi_background")

# spi: 135 items after 10 background variables, no missing item.
data(spi)
stopifnot(complete.cases(spi[, 11:145]))
write_compact(integer_codes(spi[, 11:145]), "spi")

# wg93: four items (A-D), then sex, age and education, all coded by position of the level.
data(wg93)
write_compact(integer_codes(wg93), "wg93")

# tea: 18 questions, then age, and further questions; the levels as the package words them.
data(tea)
write_compact(tea, "tea")
