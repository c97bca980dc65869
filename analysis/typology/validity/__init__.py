"""Whether the types are real: stability, nulls, alternatives, verdict."""
