"""The screens of the page, one after the other."""
