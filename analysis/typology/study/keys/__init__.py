"""The keys of both files: what each means, and the schemas by which editors know them."""
