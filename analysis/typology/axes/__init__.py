"""The axes: inertia, categories on them, ellipses, maps."""
