"""Weights and representativeness: margins, weighted and unweighted."""
