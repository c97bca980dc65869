"""Characteristics of the respondents on the axes: subgroups, and two questions crossed."""
