"""Agreement, reliability and correlation of ordered items."""
