"""What of a run may leave the machine: one pattern of hidden numbers for every table."""
