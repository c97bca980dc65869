"""What the cells of an answer file mean: codes, labels, numbers, no answer."""
