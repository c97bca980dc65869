"""A run made again from its manifest: what is the same, and what moved."""
