"""Whether classes are real: resamples, null populations, alternatives."""
