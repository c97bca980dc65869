"""What figures share: style, frame, placement of texts, saving."""
