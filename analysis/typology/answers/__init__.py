"""What was answered: from a file of any platform to responses and their quality."""
