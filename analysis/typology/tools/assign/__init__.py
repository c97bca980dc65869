"""`typology assign`: types of new respondents."""
