from __future__ import annotations

from typology.questionnaire.text import LONGEST_SHORT_LABEL
from typology.tools.new.short_labels import with_short_labels


def shorts(*wordings: str) -> list[str]:
    made = with_short_labels([{"id": f"H{at}", "en": each} for at, each in enumerate(wordings)])
    return [each.get("short", {}).get("en", each["en"]) for each in made]


def test_a_short_wording_is_its_own_label() -> None:
    [made] = with_short_labels([{"id": "H1", "en": "It is hot"}])
    assert made == {"id": "H1", "en": "It is hot"}


def test_what_all_items_begin_with_is_left_out() -> None:
    begun = "I am afraid that the new tool will one day "
    ends = ("replace me", "lose my data", "cost us a lot")
    assert shorts(*(begun + end for end in ends)) == ["Replace me", "Lose my data", "Cost us a lot"]


def test_a_long_wording_is_cut_between_words_and_not_after_a_small_one() -> None:
    [label] = shorts("Improve the coordination of professionals during the crises to come")
    assert label == "Improve the coordination of professionals…"
    assert len(label) <= LONGEST_SHORT_LABEL
    [word] = shorts("x" * 80)
    assert len(word) == LONGEST_SHORT_LABEL


def test_labels_that_would_be_the_same_are_told_apart() -> None:
    begun = "Improve the coordination of all professionals in the "
    made = shorts(begun + "north", begun + "north-east of it", "Sleep")
    assert len({each.casefold() for each in made}) == 3
    assert all(len(each) <= LONGEST_SHORT_LABEL for each in made)


def test_labels_that_are_given_are_kept() -> None:
    given = {"id": "H1", "fr": "x" * 60, "en": "y" * 60, "short": {"fr": "Croix"}, "theme": "t"}
    [made] = with_short_labels([given])
    assert made["short"]["fr"] == "Croix"
    assert len(made["short"]["en"]) == LONGEST_SHORT_LABEL
    assert made["theme"] == "t"
