"""What answers do not allow to compute: foreseen limits, told apart from mistakes."""

from __future__ import annotations

LIMITS = {
    "too_few_positions": ("classes", "positions"),
    "one_answer_each": (),
    "too_few_different": ("expected", "found"),
    "too_few_ordered_items": ("expected", "found"),
    "never_answered_together": ("pairs",),
    "nothing_in_common": ("respondent", "other"),
    "no_resample": ("classes", "resamples"),
    "no_weighted_resample": ("classes", "resamples"),
    "no_other_choice": (),
}
"""Codes, and the names of the values that come with each.

``too_few_positions``
    The respondents hold fewer different positions than there are classes.
``one_answer_each``
    Every question has one answer only: nothing tells the respondents apart.
``too_few_different``
    Fewer different respondents than a comparison needs.
``too_few_ordered_items``
    Fewer questions with two ordered answers than a population needs.
``never_answered_together``
    Nobody answered both questions of so many pairs.
``nothing_in_common``
    Two respondents answered no question in common.
``no_resample``
    No resample had as many different respondents as there are classes.
``no_weighted_resample``
    No resample had as many and could be weighted as the sample was.
``no_other_choice``
    No other choice makes as many classes as it asks for.
"""


class LimitError(ValueError):
    """What these answers do not allow, though nothing is wrong with them or with the call.

    Parameters
    ----------
    code : str
        One of ``LIMITS``.
    message : str
        A sentence in English.
    **values : int or str
        Those that ``LIMITS`` names for the code.

    Attributes
    ----------
    code : str
    details : dict
        The values.

    Notes
    -----
    A caller who speaks another language, or goes on without the part, reads ``code`` and
    ``details``; any other ValueError is a mistake of the caller.

    Examples
    --------
    >>> limit = LimitError("no_resample", "None had.", classes=4, resamples=10)
    >>> limit.code, limit.details["classes"], str(limit)
    ('no_resample', 4, 'None had.')
    """

    def __init__(self, code: str, message: str, **values: int | str) -> None:
        if set(values) != set(LIMITS[code]):
            raise TypeError(f"{code} takes {LIMITS[code]}, not {tuple(values)}.")
        super().__init__(code, message, values)
        self.code = code
        self.details = values

    def __str__(self) -> str:
        """Return the sentence."""
        return str(self.args[1])

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the values when it comes back from another core."""
        return _limit, (type(self), self.code, str(self), self.details)


def _limit(
    kind: type[LimitError], code: str, message: str, values: dict[str, int | str]
) -> LimitError:
    return kind(code, message, **values)
