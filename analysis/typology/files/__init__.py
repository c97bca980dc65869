"""Files read and written without losing any: YAML, CSV, places, locks, checksums."""
