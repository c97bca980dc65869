"""What tables, figures and sentences share: the registry, labels, paper tables, clauses.

The functions of the subjects' modules of tables and sentences follow one protocol. They take
first ``tables``, a mapping of table name to DataFrame: the tables of a run; and ``labels``, the
`Labels` of one language. Then what they are about: a ``block``, an ``axis``, a ``class_number``.
A table is returned as a `PaperTable`, a sentence as Markdown. Their docstrings say what is
particular: what is in the columns, what is returned where something is absent, what they use.
"""
