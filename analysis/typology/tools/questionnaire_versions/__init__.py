"""`typology compare-questionnaires`: what changed between two versions of a questionnaire."""
