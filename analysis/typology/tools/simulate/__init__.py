"""`typology simulate`: made-up answers with planted types."""
