"""Samples drawn by strata and clusters, or with replicate weights: shares, tests, models."""
