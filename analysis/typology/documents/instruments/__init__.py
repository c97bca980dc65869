"""Other instruments of the field: the examples of the project, for their page."""
