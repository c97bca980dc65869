"""What changed between two versions of a questionnaire, and what may still be compared."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from small_study import Project, answers
from typology.problems import InputError
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import questionnaire_from_mapping
from typology.tools.compare.files import compare_waves
from typology.tools.questionnaire_versions.files import compare_version_files
from typology.tools.questionnaire_versions.table import summary, version_changes_table
from typology.tools.questionnaire_versions.versions import VersionPart, Versions, compare_versions
from typology.tools.questionnaire_versions.wording import (
    marked,
    word_by_word,
    wording_change,
)

TEXTS = {
    "H1": "Know the professionals of my area better",
    "H2": "Share the on-call duties of the evenings",
    "H3": "Find a replacement when I am on holiday",
    "D1": "Spend my evenings in meetings",
    "D2": "Lose my independence",
}
Edit = Callable[[dict[str, Any]], object]


def content() -> dict[str, Any]:
    def block(name: str, direction: str, items: list[str]) -> dict[str, Any]:
        return {
            "id": name, "title": {"en": name}, "intro": {"en": "Do you agree with these?"},
            "scale": "s", "direction": direction,
            "items": [{"id": each, "en": TEXTS[each]} for each in items],
        }  # fmt: skip

    return {
        "title": {"en": "Working together"}, "languages": ["en"],
        "themes": {"time": {"en": "Time"}, "money": {"en": "Money"}},
        "scales": {"s": [{"code": at, "en": label} for at, label in enumerate(
            ["Strongly disagree", "Disagree", "Undecided", "Agree", "Strongly agree"], start=1)]},
        "blocks": [block("hopes", "favourable", ["H1", "H2", "H3"]),
                   block("doubts", "unfavourable", ["D1", "D2"])],
        "respondent": [
            {"id": "place", "type": "single", "en": "Where do you work?",
             "choices": [{"code": "a", "en": "In a town"}, {"code": "b", "en": "In a village"}]},
            {"id": "age", "type": "number", "en": "Age", "min": 25, "max": 80, "bands": [40, 60],
             "unit": {"en": "years"}},
        ],
    }  # fmt: skip


def read(edit: Edit = lambda _: None) -> Questionnaire:
    given = content()
    edit(given)
    return questionnaire_from_mapping(given)


def after(edit: Edit) -> Versions:
    return compare_versions(read(), read(edit))


def part(versions: Versions, name: str) -> VersionPart:
    return next(each for each in versions.asked if name in (each.old_id, each.new_id))


def hopes(given: dict[str, Any]) -> list[dict[str, Any]]:
    return given["blocks"][0]["items"]  # type: ignore[no-any-return]


def test_a_questionnaire_is_the_same_as_itself() -> None:
    versions = after(lambda _: None)
    assert versions.changed == []
    assert versions.counts("item") == {"yes": 5, "caution": 0, "recode": 0, "no": 0}
    assert set(version_changes_table(versions, "en")["change"]) == {"same"}


@pytest.mark.parametrize(
    ("old", "new", "size"),
    [
        ("Less paperwork", "Less  paperwork", ""),
        ("Moins d'administratif", "moins d’administratif.", "typography"),
        ("Know the professionals of my area better", "Know the professionals of my town better",
         "small"),
        ("I fear meetings", "I do not fear meetings", "large"),
        ("Il faut plus de réunions chaque mois", "Il ne faut pas plus de réunions chaque mois",
         "large"),
        ("Meet 2 times a month with all", "Meet 4 times a month with all", "large"),
        ("Spend my evenings in meetings", "Earn more for the same work", "large"),
    ],
)  # fmt: skip
def test_how_far_a_wording_is_from_another(old: str, new: str, size: str) -> None:
    assert wording_change(old, new) == size


def test_word_by_word_keeps_both_texts() -> None:
    generator = np.random.default_rng(4)
    for _ in range(50):
        old, new = (" ".join(generator.choice(list("abcd"), generator.integers(1, 9)))
                    for _ in range(2))  # fmt: skip
        segments = word_by_word(old, new)
        assert " ".join(text for kind, text in segments if kind != "in") == old
        assert " ".join(text for kind, text in segments if kind != "out") == new
    assert marked(word_by_word("a b c", "a x c d")) == "a [-b-] {+x+} c {+d+}"


CHANGES: dict[str, tuple[Edit, str, str, str]] = {
    "reworded a little": (lambda q: hopes(q)[0].update(
        en="Know the professionals of my town better"), "H1", "wording", "caution"),
    "typography": (lambda q: hopes(q)[0].update(
        en="Know the professionals of my area better."), "H1", "wording", "yes"),
    "another question": (lambda q: hopes(q)[0].update(
        en="Earn more for the same work"), "H1", "wording", "no"),
    "renamed": (lambda q: hopes(q)[1].update(id="H9"), "H9", "renamed", "yes"),
    "reversed": (lambda q: hopes(q)[0].update(reversed=True), "H1", "reversed", "recode"),
    "theme": (lambda q: hopes(q)[0].update(theme="time"), "H1", "theme", "yes"),
    "direction": (lambda q: q["blocks"][1].update(direction="neutral"), "D1", "direction",
                  "recode"),
    "introduction": (lambda q: q["blocks"][1].update(intro={"en": "What do you fear?"}), "D2",
                     "intro", "no"),
    "no introduction": (lambda q: q["blocks"][1].pop("intro"), "D2", "intro", "caution"),
    "points": (lambda q: q["scales"]["s"].pop(2) and q["scales"].update(s=[
        {**each, "code": at} for at, each in enumerate(q["scales"]["s"], 1)]), "H2",
        "scale_codes", "no"),
    "a label": (lambda q: q["scales"]["s"][2].update(en="Neither one nor the other"), "H2",
                "scale_label", "no"),
    "order of the scale": (lambda q: q["scales"].update(s=[
        {"code": 6 - each["code"], "en": each["en"]} for each in reversed(q["scales"]["s"])]),
        "H2", "scale_order", "recode"),
    "another block": (lambda q: q["blocks"][1]["items"].append(hopes(q).pop()), "H3", "block",
                      "recode"),
    "a choice more": (lambda q: q["respondent"][0]["choices"].append(
        {"code": "c", "en": "On an island"}), "place", "choice_added", "caution"),
    "a choice before the others": (lambda q: q["respondent"][0]["choices"].insert(
        0, {"code": "z", "en": "Abroad"}), "place", "choice_added", "caution"),
    "code of a choice": (lambda q: q["respondent"][0]["choices"][0].update(code="town"), "place",
                         "choice_renamed", "recode"),
    "words of a choice": (lambda q: q["respondent"][0]["choices"][0].update(en="In a city"),
                          "place", "choice_label", "no"),
    "kind": (lambda q: q["respondent"][0].update(type="multiple"), "place", "type", "no"),
    "ordered": (lambda q: q["respondent"][0].update(ordered=True), "place", "setting", "caution"),
    "bands": (lambda q: q["respondent"][1].update(bands=[50]), "age", "bands", "yes"),
    "unit": (lambda q: q["respondent"][1].update(unit={"en": "months"}), "age", "unit", "no"),
    "bounds": (lambda q: q["respondent"][1].update(max=90), "age", "setting", "caution"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_is_found_and_says_what_may_be_compared(name: str) -> None:
    edit, concerned, change, comparable = CHANGES[name]
    found = part(after(edit), concerned)
    assert change in {each.change for each in found.changes}
    assert found.comparable == comparable


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_is_told_in_both_languages(name: str) -> None:
    versions = after(CHANGES[name][0])
    for language in ("fr", "en"):
        table = version_changes_table(versions, language)
        assert (table["explanation"].str.len() > 5).all()
        assert summary(versions, language)


def test_items_come_and_go() -> None:
    def edit(given: dict[str, Any]) -> None:
        hopes(given)[1] = {"id": "H4", "en": "Earn more for the same work"}

    versions = after(edit)
    assert [each.change for each in part(versions, "H4").changes] == ["added"]
    assert [each.change for each in part(versions, "H2").changes] == ["removed"]
    assert versions.counts("item", "hopes") == {"yes": 2, "caution": 0, "recode": 0, "no": 2}


def test_ids_that_changed_places_are_followed_by_their_texts() -> None:
    def edit(given: dict[str, Any]) -> None:
        first, second = hopes(given)[:2]
        first["id"], second["id"] = second["id"], first["id"]

    versions = after(edit)
    pairs = {(each.old_id, each.new_id) for each in versions.asked if each.kind == "item"}
    assert {("H1", "H2"), ("H2", "H1"), ("H3", "H3")} <= pairs


def test_a_wording_that_says_no_is_no_renamed_item() -> None:
    def edit(given: dict[str, Any]) -> None:
        given["blocks"][1]["items"][1] = {"id": "D9", "en": "Never lose my independence"}

    assert [each.change for each in part(after(edit), "D9").changes] == ["added"]


def test_comparing_backwards_exchanges_what_came_and_what_went() -> None:
    def edit(given: dict[str, Any]) -> None:
        hopes(given)[1] = {"id": "H4", "en": "Earn more for the same work"}
        given["respondent"].pop(0)

    there, back = after(edit), compare_versions(read(edit), read())
    exchanged = {"added": "removed", "removed": "added"}
    assert {(p.old_id, p.new_id, c.change) for p in there.parts for c in p.changes} == {
        (p.new_id, p.old_id, exchanged[c.change]) for p in back.parts for c in p.changes
    }


def test_the_table_is_written_and_never_over_what_is_read(tmp_path: Path) -> None:
    new = deepcopy(content())
    hopes(new)[0]["en"] = "Know the professionals of my town better"
    paths = [tmp_path / "old.yml", tmp_path / "new.yml"]
    for path, given in zip(paths, (content(), new), strict=True):
        path.write_text(yaml.safe_dump(given), encoding="utf-8")
    output = tmp_path / "changes.csv"
    compared = compare_version_files(*paths, output=output, language="en")
    table = pd.read_csv(output)
    assert len(table) == len(compared.versions.parts)
    told = table.loc[table["new_id"] == "H1", "word_by_word"].iloc[0]
    assert told == "Know the professionals of my [-area-] {+town+} better"
    with pytest.raises(InputError, match="another file than those that are read"):
        compare_version_files(*paths, output=paths[0], language="en", force=True)
    with pytest.raises(InputError, match="the same file twice"):
        compare_version_files(paths[0], paths[0], output=None, language="en")


def waves(folder: Path, edit: Edit) -> list[Path]:
    studies = []
    for name, seed in (("first", 3), ("second", 4)):
        (folder / name).mkdir()
        project = Project(folder / name)
        studies.append(project.write(answers(60, seed)))
    Project(folder / "second").change("questionnaire.yml", edit)
    return studies


def test_a_comparison_of_waves_tells_what_changed_in_the_questionnaire(tmp_path: Path) -> None:
    def edit(given: dict[str, Any]) -> None:
        given["blocks"][0]["items"][0]["reversed"] = True

    first, second = waves(tmp_path, edit)
    output = tmp_path / "comparison"
    compared = compare_waves(
        first, second, study=first, output=output, language="en", independent=True
    )
    assert "Items comparable only once recoded: H1." in compared.notices
    table = pd.read_csv(output / "tables" / "questionnaire_changes.csv")
    assert table.loc[table["new_id"] == "H1", "change"].tolist() == ["reversed"]


def test_waves_that_cannot_be_compared_say_which_items_were_renamed(tmp_path: Path) -> None:
    def edit(given: dict[str, Any]) -> None:
        item = given["blocks"][0]["items"][0]
        item.update(id="H9", column="H1")

    first, second = waves(tmp_path, edit)
    with pytest.raises(InputError) as caught:
        compare_waves(first, second, study=first, output=tmp_path / "out", language="en",
                      independent=True)  # fmt: skip
    assert any("H1 → H9. Give them the ids of the first." in each for each in caught.value.notices)
    assert not (tmp_path / "out").exists()


def test_waves_of_one_questionnaire_have_no_table_of_changes(tmp_path: Path) -> None:
    first, second = waves(tmp_path, lambda _: None)
    compare_waves(first, second, study=first, output=tmp_path / "out", language="en",
                  independent=True)  # fmt: skip
    assert not (tmp_path / "out" / "tables" / "questionnaire_changes.csv").exists()
