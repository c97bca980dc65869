"""Samples compared with each other and with a population."""
