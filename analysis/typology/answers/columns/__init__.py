"""Which columns of an answer file hold what: items, choices, numbers, weights, identifiers."""
