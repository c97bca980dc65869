"""The commands beside the documents, each a folder."""
