"""`typology codebook`: every variable of a study, for Excel and for archives (DDI-Codebook)."""
