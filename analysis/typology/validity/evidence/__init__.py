"""Other evidence beside the verdict: methods that may say groups, a continuum, or neither."""
