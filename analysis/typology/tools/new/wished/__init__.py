"""What is wished of a new study: by options, or answer by answer."""
