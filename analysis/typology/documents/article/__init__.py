"""The article as the study's own: what it says in its words, what Quarto has to know of it."""
