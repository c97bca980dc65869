"""Other evidence on types: comparison curves, prediction strength, selection by resampling."""
