"""What is said of numbers whose decimal mark is in doubt: "1,280" is 1280 or 1.28."""

from __future__ import annotations

from typology.words.phrases import Phrase, phrase
from typology.words.written_numbers import DecimalMark, readings


def mark_notices(column: str, mark: DecimalMark) -> tuple[str, ...]:
    """Return how numbers that could be read in two ways were read.

    Nothing is told where no number is so, or the study file says how to read them.
    """
    if mark.mark is None or mark.declared or not mark.needed:
        return ()
    text, read = next(iter(mark.needed.items()))
    return (
        phrase(
            "{column}: '{text}' is read as {number}, as the rest of the column shows. Otherwise, "
            "add to the study file: {line}",
            column=column,
            text=text,
            number=in_full(read[mark.mark]),
            line=f'decimal_mark: "{"," if mark.mark == "." else "."}"',
        ),
    )


def which_mark(text: str) -> Phrase:
    """Return what to add to the study file for a number that can be read in two ways."""
    read = readings(text, lambda _: True)
    return phrase(
        "Add to the study file the mark before the decimals: {point} to read {with_point}, "
        "{comma} to read {with_comma}.",
        point='decimal_mark: "."',
        comma='decimal_mark: ","',
        with_point=in_full(read["."]),
        with_comma=in_full(read[","]),
    )


def in_full(number: float) -> float | int:
    """Return a number as it is told: whole when it is."""
    return int(number) if number.is_integer() else number
