# Writes the answers of this study from psychTools::bfi: 2,800 respondents, 25 items of the
# International Personality Item Pool on a six-point scale, with gender, education and age.
# Run once, by hand: Rscript make_responses.R
data("bfi", package = "psychTools")
answers <- bfi
answers$gender <- c("male", "female")[answers$gender]
answers$education <- c("some_hs", "hs", "some_college", "college", "graduate")[answers$education]
answers <- data.frame(respondent = rownames(bfi), answers)
write.csv(answers, "responses.csv", row.names = FALSE, quote = FALSE, na = "")
