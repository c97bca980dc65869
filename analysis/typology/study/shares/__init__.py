"""Shares of its respondents that a survey published."""
