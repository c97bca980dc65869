"""Other ways to find classes: modes, medoids, latent classes."""
