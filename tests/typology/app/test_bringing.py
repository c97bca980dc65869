"""From a bare file of answers to a study without problems, without a browser."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import yaml

pytest.importorskip("starlette", reason="The page (extra: app) is not installed.")

from broken_files import broken_files
from brought_answers import RESPONDENTS, answers
from served_page import Answer, Served, Visitor, served


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("studies")) as page:
        yield page


def brought(page: Served, name: str = "Réponses 2024.csv", *, faults: bool = True) -> Visitor:
    """Whoever brought a file, and looks at the study that was made of it."""
    visitor = page.visitor()
    content = answers(faults=faults)
    answer = visitor.post("/answers", files={"answers": (name, content)}, questionnaire="")
    assert answer.status == 200, answer.text
    visitor.open(answer)
    return visitor


@pytest.fixture(scope="module")
def visitor(page: Served) -> Visitor:
    return brought(page)


def folder_of(page: Served, visitor: Visitor) -> Path:
    study = page.site.shelf.get(visitor.study.rpartition("/")[2])
    assert study is not None
    return study.folder


def said(page: Served, visitor: Visitor) -> dict[str, object]:
    text = (folder_of(page, visitor) / "study.yml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


EXCLUSIONS = {"max_missing_share": 50, "straight_liners": False, "duplicates": False,
              "tests": "leave out", "partial": "keep"}  # fmt: skip


def shown(answer: Answer, *words: str) -> bool:
    return all(word in answer.text for word in words)


def test_the_platform_and_the_questionnaire_are_recognised(page: Served, visitor: Visitor) -> None:
    answer = visitor.get("answers")
    assert shown(answer, "LimeSurvey", f"{RESPONDENTS} lignes", "12 énoncés sur 12")
    folder = folder_of(page, visitor)
    assert (folder / "private" / "reponses_2024.csv").read_bytes() == answers()
    assert said(page, visitor)["responses"] == "private/reponses_2024.csv"
    assert said(page, visitor)["simulated"] is False
    assert str(folder) in answer.text


def test_each_problem_has_its_line_and_a_click_writes_it(page: Served) -> None:
    visitor = brought(page)
    found = visitor.get("mend")
    assert shown(found, "2 choses", "Ne sait pas", "Remarques", 'no_answer: ["Ne sait pas"]')
    before = (folder_of(page, visitor) / "study.yml").read_bytes()
    written = visitor.post("mend", action="lines", lines=found.value("lines"))
    assert shown(written, "Écrit dans study.yml", "Rien à réparer", f"{RESPONDENTS} répondants")
    assert said(page, visitor)["no_answer"] == ["Ne sait pas"]
    assert said(page, visitor)["ignored_columns"] == ["Remarques"]
    undone = visitor.post("undo", screen="mend")
    assert shown(undone, "study.yml est redevenu ce qu'il était", "2 choses")
    assert (folder_of(page, visitor) / "study.yml").read_bytes() == before


@pytest.mark.parametrize(
    ("fields", "key", "value"),
    [
        ({"action": "column", "key": "S03", "column": "Remarques"}, "columns",
         {"S03": "Remarques"}),
        ({"action": "ignored", "columns": ["seed", "Remarques"]}, "ignored_columns",
         ["seed", "Remarques"]),
        ({"action": "no_answer", "word": "?"}, "no_answer", ["?"]),
        ({"action": "word", "word": "Bof", "meaning": "satisfaction/Plutôt satisfait"},
         "answer_words", {"satisfaction": {"Bof": "Plutôt satisfait"}}),
        ({"action": "left_out", "respondents": "R1, R2"}, "exclusions", ["R1", "R2"]),
        ({"action": "identifier", "column": "id"}, "respondent_column", "id"),
    ],
)  # fmt: skip
def test_other_remedies_are_lines_too(
    page: Served, visitor: Visitor, fields: dict[str, str | list[str]], key: str, value: object
) -> None:
    assert shown(visitor.post("mend", **fields), "Écrit dans study.yml")
    written = said(page, visitor)[key]
    assert (
        written["respondents"] if isinstance(written, dict) and key == "exclusions" else written
    ) == value
    visitor.post("undo", screen="mend")
    assert shown(visitor.post("mend", action=str(fields["action"])), "")


def with_other_titles() -> bytes:
    """Answers of which two columns are called otherwise, and one holds no answer."""
    table = pd.read_csv(io.BytesIO(answers(faults=False)), dtype="string")
    renamed = {"S02": "Deuxième", "S07": "Autre chose"}
    return table.rename(columns=renamed).assign(Notes="–").to_csv(index=False).encode()


def test_columns_of_another_title_are_chosen_where_they_are_lacking(page: Served) -> None:
    visitor = page.visitor()
    sent = {"answers": ("autres.csv", with_other_titles())}
    visitor.open(visitor.post("/answers", files=sent, questionnaire="satisfaction"))
    found = visitor.get("mend")
    for field in ('name="column/S02"', 'name="column/S07"', 'name="columns" value="Notes" checked'):
        assert field in found.html, field
    chosen = {"column/S02": "Deuxième", "column/S07": "Autre chose"}
    nothing = dict.fromkeys(chosen, "")
    assert shown(visitor.post("mend", action="columns", **nothing), "Rien n'était choisi")
    written = visitor.post("mend", action="columns", **chosen)
    assert shown(written, "Écrit dans study.yml", "Notes")
    assert said(page, visitor)["columns"] == {"S02": "Deuxième", "S07": "Autre chose"}
    last = visitor.post("mend", action="ignored", columns=["Notes"])
    assert shown(last, "Rien à réparer", f"{RESPONDENTS} répondants")


def test_a_word_that_was_guessed_can_be_chosen_otherwise(page: Served) -> None:
    visitor = page.visitor()
    table = pd.read_csv(io.BytesIO(answers(faults=False)), dtype="string")
    table.loc[table.index % 20 == 1, "S04"] = "Plutôt satisfaite"
    sent = {"answers": ("mots.csv", table.to_csv(index=False).encode())}
    visitor.open(visitor.post("/answers", files=sent, questionnaire="satisfaction"))
    found = visitor.get("mend")
    name = "means/satisfaction/Plutôt satisfaite"
    assert f'name="{name}"' in found.html
    assert 'value="Plutôt satisfait" selected' in found.html
    otherwise = {name: "Très satisfait"}
    lines = found.value("lines")
    assert shown(visitor.post("mend", action="lines", lines=lines, **otherwise), "Rien à réparer")
    assert said(page, visitor)["answer_words"] == {
        "satisfaction": {"Plutôt satisfaite": "Très satisfait"}
    }


def test_a_choice_is_written_and_previewed(page: Served) -> None:
    visitor = brought(page, faults=False)
    form = {
        "active": "satisfaction", "axes_by": "number", "axes_number": "3", "classes_by": "number",
        "classes_number": "4", "missing": "own category", "weights": "none", "consolidate": "1",
        "max_missing_share": "40", "smallest_cell": "5", "passive_below": "5", "seed": "1",
    }  # fmt: skip
    seen = visitor.post("preview", **form)
    assert seen.status == 200
    assert shown(seen, "Aperçu", f"{RESPONDENTS} répondants", "Combien de classes")
    assert seen.text.count("Classe 4") + seen.text.count(" 4 ") >= 1
    written = said(page, visitor)
    assert (written["axes"], written["classes"], written["missing"]) == (3, 4, "own category")
    for figure in ("inertia", "tree"):
        drawn = visitor.get(f"preview/{figure}.svg")
        assert b"<svg" in drawn.content
    assert shown(visitor.post("choose", **form), "déjà ceux de l'étude")
    refused = visitor.post("choose", **(form | {"classes_number": "1"}))
    assert shown(refused, "Rien n'a été écrit", "classes", "Oublier ces changements")
    assert 'name="classes_number" min="2" value="1"' in refused.html
    assert said(page, visitor)["classes"] == 4


def test_types_and_files_are_edited(page: Served, visitor: Visitor) -> None:
    types = {
        "part": "types",
        "types/0/fr": "les fâchés",
        "types/0/profile/satisfaction": "very low",
    }
    assert shown(visitor.post("questionnaire", **types), "Enregistré dans study.yml")
    assert said(page, visitor)["types"] == [
        {"id": "dissatisfied", "fr": "les fâchés", "profile": {"satisfaction": "very low"}}
    ]
    visitor.post("undo", screen="questionnaire")
    broken = visitor.post("questionnaire", part="file", file="questionnaire.yml", text="a: [")
    assert shown(broken, "ne se lit pas encore")
    assert shown(visitor.get("mend"), "questionnaire.yml")
    assert shown(visitor.post("undo", screen="questionnaire"), "redevenu")
    assert shown(visitor.get("questionnaire"), "Choisissez ce que vous voulez changer")


def test_two_tabs_do_not_mix(page: Served) -> None:
    one, other = brought(page), brought(page)
    assert one.study != other.study
    first = one.post("mend", action="no_answer", word="mot un")
    second = other.post("mend", action="no_answer", word="mot deux")
    assert shown(first, "mot un")
    assert "mot un" not in second.text
    assert said(page, one)["no_answer"] == ["mot un"]
    assert said(page, other)["no_answer"] == ["mot deux"]
    one.post("undo", screen="mend")
    assert "no_answer" not in said(page, one)
    assert said(page, other)["no_answer"] == ["mot deux"]


def test_english_is_a_click_away(page: Served) -> None:
    visitor = brought(page, faults=False)
    answer = visitor.post("/language", language="en", here=f"{visitor.study}/mend")
    assert answer.address.endswith("/mend")
    assert 'lang="en"' in answer.html
    assert shown(answer, "Nothing to mend")
    assert (
        visitor.post("/language", language="fr", here="//evil.example/").address == f"{page.top}/"
    )


def test_broken_files_end_in_a_sentence(page: Served, tmp_path: Path) -> None:
    visitor = page.visitor()
    before = sorted(page.site.shelf.folder.iterdir())
    good = "id,S01,S02\n1,2,3\n"
    files = [each for each in broken_files(good, tmp_path) if len(each[1]) < 1_000_000]
    files += [("nothing.csv", b""), ("prose.txt", b"Bonjour, voici les r\xe9ponses."),
              ("none.xlsx", zip_of("readme.txt")), ("x" * 300 + ".csv", b"a\n")]  # fmt: skip
    told = 0
    for name, content in files[:: max(1, len(files) // 25)] + files[-4:]:
        answer = visitor.post("/answers", files={"answers": (name, content)}, questionnaire="")
        assert answer.status in (200, 422), name
        assert "Traceback" not in answer.html
        assert "a trébuché" not in answer.text, name
        told += answer.status == 422 and "Que faire" in answer.text
    assert told >= 10
    made = set(page.site.shelf.folder.iterdir()) - set(before)
    assert all((each / "study.yml").is_file() for each in made)


def zip_of(name: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(name, "x")
    return content.getvalue()


def test_a_list_of_items_makes_a_study(page: Served) -> None:
    visitor = page.visitor()
    items = pd.DataFrame(
        {"block": "Café", "item": ["C1", "C2", "C3"], "fr": ["Chaud", "Bon", "Noir"]}
    )
    sent = ("items.csv", items.to_csv(index=False).encode())
    made = visitor.open(
        visitor.post("/new", title="Le café", begin="items", languages="fr", files={"items": sent})
    )
    assert shown(made, "Café – 3 énoncés")


def test_items_of_no_known_questionnaire_are_taken_from_the_file(page: Served) -> None:
    words = ["Pas du tout d'accord", "Plutôt pas d'accord", "Plutôt d'accord"]
    table = pd.DataFrame(
        {f"Le café est {each}": [words[(row * 7 + len(each)) % 3] for row in range(40)]
         for each in ("bon", "chaud", "noir")}
    )  # fmt: skip
    table["Âge"] = [30 + row for row in range(40)]
    visitor = page.visitor()
    sent = {"answers": ("café.csv", table.to_csv(index=False).encode())}
    made = visitor.open(visitor.post("/answers", files=sent, questionnaire=""))
    assert shown(made, "tirés du fichier lui-même", "3 énoncés sur 3")
    asked = yaml.safe_load(
        (folder_of(page, visitor) / "questionnaire.yml").read_text(encoding="utf-8")
    )
    assert [each["fr"] for each in asked["blocks"][0]["items"]] == list(table)[:3]
    assert len(asked["scales"]["agreement"]) == 4
    assert shown(visitor.get("mend"), "Âge")


def test_a_word_that_cannot_be_guessed_is_chosen_among_the_answers(page: Served) -> None:
    visitor = page.visitor()
    table = pd.read_csv(io.BytesIO(answers(faults=False)), dtype="string")
    table.loc[table.index % 20 == 1, "S04"] = "Bof bof"
    sent = {"answers": ("bof.csv", table.to_csv(index=False).encode())}
    visitor.open(visitor.post("/answers", files=sent, questionnaire=""))
    found = visitor.get("mend")
    assert 'name="means/satisfaction/Bof bof"' in found.html
    lines = found.value("lines")
    left_open = {"means/satisfaction/Bof bof": "-"}
    assert shown(
        visitor.post("mend", action="lines", lines=lines, **left_open), "Rien n'était choisi"
    )
    chosen = {"means/satisfaction/Bof bof": "Ni satisfait ni insatisfait"}
    assert shown(visitor.post("mend", action="lines", lines=lines, **chosen), "Rien à réparer")
    assert said(page, visitor)["answer_words"] == {
        "satisfaction": {"Bof bof": "Ni satisfait ni insatisfait"}
    }


def test_the_questionnaire_of_other_answers_is_doubted_where_it_is_brought(page: Served) -> None:
    visitor = page.visitor()
    sent = {"answers": ("autres.csv", answers(faults=False))}
    answer = visitor.post("/answers", files=sent, questionnaire="cpts")
    assert shown(answer, "ne semble pas être le bon", "0 énoncés sur 53")
    visitor.open(answer)
    assert shown(visitor.get("mend"), "ne semble pas être le bon")
    assert not shown(brought(page, faults=False).get("answers"), "ne semble pas être le bon")


def test_no_column_is_chosen_beforehand_unless_it_is_likely(page: Served) -> None:
    visitor = page.visitor()
    sent = {"answers": ("autres.csv", answers(faults=False))}
    visitor.open(visitor.post("/answers", files=sent, questionnaire="cpts"))
    mend = visitor.get("mend").content.decode()
    listed = re.findall(r'<select[^>]* name="column/\w+">(.*?)</select>', mend, re.DOTALL)
    assert len(listed) > 20
    assert not any(" selected" in each for each in listed)
