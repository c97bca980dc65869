"""Names as a platform takes them: made from those of the questionnaire, each used once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

MOST_TOLD = 40
"""How many names a note lists."""


def platform_names(
    names: Iterable[str], fit: Callable[[str], str], *, longest: int, taken: Iterable[str] = ()
) -> dict[str, str]:
    """Return a platform's name for each name: fitted, cut to a length, none used twice.

    ``fit`` leaves a name that the platform takes as it is. Names that need no change keep theirs;
    of the others, one that is used already ends in a number. ``taken`` are names that the platform
    keeps for itself. Capitals make no difference between names.

    >>> platform_names(["a_b", "ab", "AB"], lambda name: name.replace("_", ""), longest=4)
    {'a_b': 'ab3', 'ab': 'ab', 'AB': 'AB2'}
    """
    listed = list(dict.fromkeys(names))
    used = {each.casefold() for each in taken}
    found: dict[str, str] = {}
    for each in sorted(listed, key=lambda name: fit(name)[:longest] != name):
        found[each] = _free(fit(each)[:longest], used, longest)
        used.add(found[each].casefold())
    return {each: found[each] for each in listed}


def _free(name: str, used: set[str], longest: int) -> str:
    free, number = name, 1
    while free.casefold() in used:
        number += 1
        free = f"{name[: longest - len(str(number))]}{number}"
    return free


def renamed(names: Mapping[str, str]) -> list[str]:
    """Return the names that changed, each as "former → new".

    >>> renamed({"E01": "E01", "other_activity": "otheractivity"})
    ['other_activity → otheractivity']
    """
    return [f"{former} → {new}" for former, new in names.items() if former != new]
