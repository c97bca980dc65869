"""Axes and classes of a study: active table, scores, weights, fitted typology."""
