"""A new study: a folder that runs at once, from a template, a list of items or a few answers."""
