"""Hierarchical clustering on the axes, consolidation, number of classes."""
