"""What all statistics share: checked inputs, codings, weights, replicates."""
