"""Models of classes that respondents were assigned to with error."""
