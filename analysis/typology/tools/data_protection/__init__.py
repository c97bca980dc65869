"""The data protection sheet of a study, for the file of its ethics committee."""
