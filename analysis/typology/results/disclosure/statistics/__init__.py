"""Statistics made of hidden numbers: told so that their decimals do not give these back."""
