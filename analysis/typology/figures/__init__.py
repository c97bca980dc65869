"""Figures: finished result tables in, Matplotlib figures out; nothing is computed here."""
