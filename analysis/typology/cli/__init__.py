"""The command: what it takes, what it prints."""
