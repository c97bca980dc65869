"""The reporting checklists of a survey, filled in where the study and its results tell."""
