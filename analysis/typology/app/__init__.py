"""The command `typology app`: a study from its answers to its paper, in a page of this machine."""
