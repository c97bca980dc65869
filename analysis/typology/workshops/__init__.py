"""Workshops: nominal groups and SWOT tables, from the sheet that was filled in."""
