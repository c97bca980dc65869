"""`typology short-form`: a few items that give the types back."""
