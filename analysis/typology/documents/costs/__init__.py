"""What the statistics cost: measured times and memory, beside other programs."""
