"""Figures on how real the types are."""
