"""The items: distribution, agreement, reliability."""
