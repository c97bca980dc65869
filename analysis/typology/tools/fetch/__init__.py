"""Answers brought from a survey platform into a file of the study."""
