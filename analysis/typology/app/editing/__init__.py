"""The forms of the questionnaire: what is typed into them, as its file says it."""
