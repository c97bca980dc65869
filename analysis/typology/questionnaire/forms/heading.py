"""What a platform writes above a column of its export, and in its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """A column of the export of a platform, made from a form.

    Parameters
    ----------
    names : tuple of str
        What stands above the column: as the platform writes it by default, then as its other
        exports do.
    asked : str
        The id of the item or of the question.
    choice : str
        The code of the choice that the column is about; "" if it is about the whole question.
    rank : int
        The rank whose choice the column holds, 1 the first; 0 if it is no such column.
    answers : mapping of str to str
        What a cell may hold, and the code of the questionnaire for it. Empty where cells hold
        numbers or words of the respondent.
    separator : str
        What stands between the answers of a cell that holds several; "" if a cell holds one. The
        answers of a rank question are then in their order.
    own_words : bool
        Whether the column holds the words that follow the choice: "Other: ...".
    otherwise : str
        The code of the choice whose words stand in the cell itself: whatever is none of
        ``answers``. "" if there is none.
    """

    names: tuple[str, ...]
    asked: str
    choice: str = ""
    rank: int = 0
    answers: Mapping[str, str] = field(default_factory=dict)
    separator: str = ""
    own_words: bool = False
    otherwise: str = ""
