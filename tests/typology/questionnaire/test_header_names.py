"""What a heading names: ids, wordings, choices, places, words of one's own, in every dress."""

from __future__ import annotations

import pytest

from typology.questionnaire.file import questionnaire_from_mapping
from typology.questionnaire.header_names import KnownNames, last_part

LONG = "Coffee is what I would miss the most if I had to live on an island for a whole year"
OTHER = {"code": "oth", "fr": "Autre : ...", "en": "Other: ...", "text": True}


@pytest.fixture(scope="module")
def names() -> KnownNames:
    return KnownNames(questionnaire_from_mapping({
        "title": {"fr": "T", "en": "T"},
        "scales": {"s": [{"code": 1, "fr": "Non", "en": "No"},
                         {"code": 2, "fr": "Oui", "en": "Yes"}]},
        "blocks": [
            {"id": "hopes", "title": {"fr": "Attentes", "en": "Hopes"}, "scale": "s",
             "intro": {"fr": "Qu'en attendez-vous ?", "en": "What do you expect?"},
             "direction": "neutral", "items": [
                 {"id": "H1", "column": "Q3_1", "fr": "Le café me réveille vite",
                  "en": "Coffee wakes me up fast", "short": {"fr": "Réveil", "en": "Waking"}},
                 {"id": "H2", "fr": "Il est bon pour la santé", "en": "It is good for health"},
                 {"id": "H3", "fr": "Long", "en": LONG, "short": {"fr": "L", "en": "L"}}]},
        ],
        "respondent": [
            {"id": "place", "type": "single", "fr": "Votre lieu", "en": "Your place",
             "choices": [{"code": "town", "fr": "Ville", "en": "Town"}, OTHER]},
            {"id": "tools", "type": "multiple", "fr": "Vos outils", "en": "Your tools",
             "choices": [{"code": "vid", "fr": "Vidéo", "en": "Video"},
                         {"code": "tel", "fr": "Téléphone", "en": "Phone"}, OTHER]},
            {"id": "why", "type": "rank", "fr": "Vos raisons", "en": "Your reasons",
             "choices": [{"code": "time", "fr": "Temps", "en": "Time"},
                         {"code": "cost", "fr": "Coût", "en": "Cost"}]},
            {"id": "note", "type": "text", "fr": "Une remarque", "en": "A remark",
             "themes_column": "Coding", "themes": [{"code": "th", "fr": "Thème", "en": "Theme"}]},
        ],
    }))  # fmt: skip


@pytest.mark.parametrize(
    ("header", "keys"),
    [
        ("H1", {"H1"}), (" h1 ", {"H1"}), ("Q3_1", {"H1"}), ("Le café me réveille vite", {"H1"}),
        ("COFFEE WAKES ME UP FAST", {"H1"}), ("Réveil", {"H1"}), ("Waking", {"H1"}),
        ("coffee.wakes.me.up.fast", {"H1"}), ("Coffee wakes me up", set()), ("", set()),
        ("Attentes [Le café me réveille vite]", {"H1"}),
        ("Hopes [It is good for health]", {"H2"}),
        ("Qu'en attendez-vous ? [Il est bon pour la santé]", {"H2"}),
        ("Anything [It is good for health].", {"H2"}), ("12. It is good for health", {"H2"}),
        ("H2. It is good for health", {"H2"}), ("H2 - Whatever it was", {"H2"}),
        ("hopes/H2", {"H2"}), ("hopes.H2", {"H2"}), ("hopes::H2", {"H2"}),
        ("A1[SQ001] It is good for health", {"H2"}),
        ("It_is_good_for_health", {"H2"}), ("Xyz", set()),
        ("tools:vid", {"tools:vid"}), ("tools_vid", {"tools:vid"}), ("tools[vid]", {"tools:vid"}),
        ("tools/vid", {"tools:vid"}), ("tools.vid", {"tools:vid"}),
        ("Vos outils [Vidéo]", {"tools:vid"}), ("Your tools [Phone]", {"tools:tel"}),
        ("Your tools - Phone", {"tools:tel"}), ("group/Your tools/Video", {"tools:vid"}),
        ("tools_1", {"tools#1"}), ("Your tools_2", {"tools#2"}), ("tools_4", set()),
        ("why[1]", {"why#1"}), ("why[time]", {"why:time"}), ("Your reasons [Rank 2]", {"why#2"}),
        ("Vos raisons [Rang 1]", {"why#1"}), ("why[3]", set()),
        ("tools_oth_text", {"tools:oth:text"}), ("tools:oth:text", {"tools:oth:text"}),
        ("place_oth_text", {"place:oth:text"}), ("tools_3_TEXT", {"tools:oth:text"}),
        ("note_themes", {"note::themes"}), ("note:themes", {"note::themes"}),
        ("Coding", {"note::themes"}), ("note:th", {"note:th"}), ("A remark [Theme]", {"note:th"}),
        ("H1 - Timing", set()), ("Order: H1", set()),
    ],
)  # fmt: skip
def test_a_heading_names_what_was_asked(names: KnownNames, header: str, keys: set[str]) -> None:
    assert names.find(header) == keys


def test_what_is_found_can_be_changed_without_harm(names: KnownNames) -> None:
    names.find("H1").add("other")
    assert names.find("H1") == {"H1"}


def test_wordings_are_kept_for_messages(names: KnownNames) -> None:
    assert names.wordings["H1"] == "Le café me réveille vite"
    assert names.wordings["tools:vid"] == "Vos outils [Vidéo]"
    assert names.wordings["note:th"] == "Une remarque [Thème]"
    assert "place:town" not in names.wordings
    assert list(names.wordings)[:4] == ["H1", "H2", "H3", "place"]


@pytest.mark.parametrize(
    ("header", "keys", "meaning"),
    [
        ("H1 - Timing", {"H1"}, "times or clicks"), ("Order: H1", {"H1"}, "the order of display"),
        ("H1 [reversed]", {"H1"}, "reversed answers"),
        ("tools_vid time", {"tools:vid"}, "times or clicks"),
        ("Le café me réveille vite - recodé", {"H1"}, "recoded answers"),
    ],
)  # fmt: skip
def test_headings_made_from_something_asked_say_of_what(
    names: KnownNames, header: str, keys: set[str], meaning: str
) -> None:
    derived = names.derived(header)
    assert derived is not None
    assert (derived.keys, derived.meaning) == (keys, meaning)


@pytest.mark.parametrize("header", ["H1", "why[time]", "Your reasons [Time]", "Timing", "x - time"])
def test_headings_that_are_asked_themselves_are_made_from_nothing(
    names: KnownNames, header: str
) -> None:
    assert names.derived(header) is None


@pytest.mark.parametrize(
    ("header", "inside"),
    [("hopes/H2", True), ("H2", False), ("hopes/xyz", False), ("Your tools [Phone]", False),
     ("H2. It is good for health", False)],
)  # fmt: skip
def test_what_a_heading_names_only_without_its_group(
    names: KnownNames, header: str, inside: bool
) -> None:
    assert names.is_in_group(header) is inside


@pytest.mark.parametrize(
    ("label", "keys"),
    [
        (LONG[:61], {"H3"}), (LONG[:59], set()), ("Coffee wakes me up fa", set()),
        ("Coffee wakes me up fast", {"H1"}), ("Something else altogether", set()),
    ],
)  # fmt: skip
def test_labels_cut_short_are_known_from_sixty_letters_on(
    names: KnownNames, label: str, keys: set[str]
) -> None:
    assert names.find_label(label) == keys


@pytest.mark.parametrize(
    ("header", "keys"),
    [
        ("Coffee wakes me", {"H1"}), ("12. Coffee wakes me...", {"H1"}),
        ("What do you expect? [It is good for h", {"H2"}), ("Your tools [Pho", {"tools:tel"}),
        ("Coffee", set()), ("Coffee wakes me up fast", set()), ("Your tools [xyz", set()),
    ],
)  # fmt: skip
def test_headings_that_a_platform_cut_short(names: KnownNames, header: str, keys: set[str]) -> None:
    assert names.begun(header) == keys


@pytest.mark.parametrize(
    ("header", "after", "keys"),
    [
        ("Time", "x", {"why:time"}), ("about you/Coût", "x", {"why:cost"}), ("Video", "x", set()),
        ("Other: ...", "tools", {"tools:oth:text"}), ("Autre : ...", "place", {"place:oth:text"}),
        ("Please specify", "tools", {"tools:oth:text"}), ("Please specify", "H1", set()),
    ],
)  # fmt: skip
def test_choices_alone_are_known_by_the_question_that_they_follow(
    names: KnownNames, header: str, after: str, keys: set[str]
) -> None:
    assert names.of_choice_alone(header, after) == keys


@pytest.mark.parametrize(
    ("header", "last"),
    [("a/b/c", "c"), ("a::b", "b"), ("about you.Time", "Time"), ("Time", "Time"),
     ("Time: ...", "Time: ..."), ("a/Time: ...", "Time: ...")],
)  # fmt: skip
def test_the_last_part_of_a_heading(header: str, last: str) -> None:
    assert last_part(header) == last
