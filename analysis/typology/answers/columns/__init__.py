"""What a column says: an item, choices, a number, a date, a weight, an identifier."""
