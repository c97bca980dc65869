"""`typology compare`: two waves or two samples."""
