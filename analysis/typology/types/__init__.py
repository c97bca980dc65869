"""The types: classes, profiles, names, tree."""
