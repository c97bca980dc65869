"""The respondents: who answered, how the types differ."""
