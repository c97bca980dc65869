"""Multiple correspondence analysis and what is read on its axes."""
