"""Which column of a file of answers is of which question, and what is wrong with the columns."""
