"""Classes described by categories and quantities, with their tests."""
