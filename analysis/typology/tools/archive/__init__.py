"""A study and its results in one file to deposit: an RO-Crate, ready for a CODECHECK."""
