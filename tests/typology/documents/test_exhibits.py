"""What pages show and say by name: everything declared can be shown, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from typology.documents import Document
from typology.documents.exhibits import exhibits_by_name, sentences_by_name
from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import Column, PaperTable, plain_table
from typology.exhibits.registry import (
    Exhibit,
    FigureExhibit,
    TableExhibit,
    exhibits_of,
    table_exhibit,
    told,
    unasked,
)
from typology.exhibits.run_tables import Tables
from typology.results.exhibits import RUN_MODULES
from typology.results.figures import study_figures
from typology.results.pipeline import Analysis
from typology.words import LANGUAGES, number

OF_A_RUN = exhibits_of(RUN_MODULES)
RAW = {"nan", "None", "<NA>", "True", "False"}
every_exhibit = pytest.mark.parametrize("name", list(OF_A_RUN))
each_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="session", params=["shipped", "bfi"])
def analysis(request: pytest.FixtureRequest) -> Analysis:
    """A study without the stage of validity."""
    analysis: Analysis = request.getfixturevalue(request.param)
    return analysis


def labels_of(analysis: Analysis, language: str) -> Labels:
    return Labels(analysis.fitted.questionnaire, language, analysis.fitted.study.type_names)


def page_of(analysis: Analysis, language: str, folder: Path) -> Document:
    manifest = {"settings": {"simulated": True, "seed": 1}}
    return Document(
        language,
        analysis.fitted.study,
        analysis.fitted.questionnaire,
        analysis.tables,
        manifest,
        folder,
    )


@every_exhibit
@each_language
def test_an_exhibit_has_its_words_and_no_raw_value_or_says_why_it_is_not_there(
    name: str, language: str, analysis: Analysis
) -> None:
    exhibit, tables, labels = OF_A_RUN[name], analysis.tables, labels_of(analysis, language)
    if not exhibit.is_there(tables):
        why = exhibit.why_absent(tables, labels)
        assert why == "" if exhibit.absent is unasked else re.fullmatch(r"(.+\.)?", why)
        return
    for part in exhibit.parts(tables, labels):
        assert re.fullmatch(r"[^{}]+\.", exhibit.caption(tables, labels, part))
        assert re.fullmatch(r"(tbl|fig)-[\w-]+", exhibit.label_of(**part))
        for text in texts_of(exhibit, tables, labels, part):
            assert not RAW & set(re.findall(r"<NA>|\w+", text)), text


def texts_of(exhibit: Exhibit, tables: Tables, labels: Labels, part: Any) -> list[str]:
    if isinstance(exhibit, FigureExhibit):
        text = exhibit.describe(tables, labels, **part)
        assert len(text) > 40
        return [text]
    assert isinstance(exhibit, TableExhibit)
    table = exhibit(tables, labels, **part)
    assert all(column.title for column in table.columns)
    return [cell for row in table.rows for cell in row]


def test_every_label_is_that_of_one_exhibit_but_for_all_axes_and_the_first() -> None:
    labels = [each.label for each in exhibits_by_name().values() if each.label]
    repeated = {label for label in labels if labels.count(label) > 1}
    assert repeated == {"tbl-axes", "tbl-flow"}  # never on the same page


def test_figures_are_of_files_with_different_names(shipped: Analysis) -> None:
    names = [each.name for each in study_figures(shipped.tables, labels_of(shipped, "fr"))]
    assert len(names) == len(set(names))
    assert {"likert_expectations", "likert_fears", "profiles_fears", "tree"} <= set(names)


@each_language
def test_a_part_that_was_not_computed_says_so(
    shipped: Analysis, language: str, tmp_path: Path
) -> None:
    page = page_of(shipped, language, tmp_path)
    for name in ("stability", "latent_classes"):
        assert {"fr": "non calculé", "en": "not computed"}[language] in page.show(name)


def test_an_exhibit_for_each_is_shown_for_each(shipped: Analysis, tmp_path: Path) -> None:
    page = page_of(shipped, "en", tmp_path)
    kept = shipped.tables["axes"]["kept"].sum()
    shown = page.show("axis_description")
    assert [f"{{#tbl-axis-{axis + 1}}}" in shown for axis in range(kept)] == [True] * kept
    assert "Categories that build and illustrate axis 2." in shown


def test_a_section_shows_its_exhibits_in_their_places(shipped: Analysis, tmp_path: Path) -> None:
    shown = page_of(shipped, "fr", tmp_path).section("axes")
    assert shown.index("#tbl-axes") < shown.index("#tbl-axis-1") < shown.index("#tbl-axis-2")
    assert shown.startswith("::: {.scrolling}\n\n::: {#tbl-axes}")


@each_language
@pytest.mark.parametrize("section", ["representativeness", "characteristics", "membership"])
def test_a_section_is_silent_on_what_the_study_does_not_ask_for_and_says_a_reason_once(
    section: str, language: str, shipped: Analysis, tmp_path: Path
) -> None:
    page = page_of(shipped, language, tmp_path)
    bare = {
        name: table
        for name, table in page.tables.items()
        if not name.startswith(("membership", "survey", "verbatims", "reported"))
    }
    shown = replace(page, tables=bare).section(section)
    assert ".scrolling}\n\n\n" not in shown
    prose = [each for each in shown.split("\n\n") if re.match(r"[A-ZÉ]", each)]
    assert len(prose) == len(set(prose))
    unwanted = "strates|strata|Personne n'a répondu|own words|Aucun modèle|no model"
    assert not [each for each in prose if re.search(unwanted, each)]


def test_sentences_take_tables_facts_or_the_document(shipped: Analysis, tmp_path: Path) -> None:
    page = page_of(shipped, "en", tmp_path)
    assert page.say("axis_sentences", 1) == str(
        sentences_by_name()["axis_sentences"](page.tables, page.labels, 1)
    )
    assert page.say("classes_rule") == sentences_by_name()["classes_rule"](page.facts)
    assert page.say("sources_paragraph") == sentences_by_name()["sources_paragraph"](page)


@pytest.mark.parametrize(
    ("ask", "nearest"),
    [
        (lambda page: page.show("stabilty"), "No exhibit 'stabilty'.*stability"),
        (lambda page: page.section("realty"), "No section 'realty'.*reality"),
        (lambda page: page.say("axis_sentence", 1), "No sentence 'axis_sentence'.*axis_sentences"),
    ],
)
def test_an_unknown_name_tells_the_nearest(
    ask: Any, nearest: str, shipped: Analysis, tmp_path: Path
) -> None:
    with pytest.raises(KeyError, match=nearest):
        ask(page_of(shipped, "fr", tmp_path))


def made_up_module() -> ModuleType:
    """A subject with a table of its own, and one that cannot be made."""
    module: Any = ModuleType("made_up")

    @table_exhibit("sizes", caption_key="types", section="new", place=1)
    def sizes_table(tables: Tables, labels: Labels) -> PaperTable:
        rows = [(number(n, labels.language, 0),) for n in tables["classes"]["n"]]
        return plain_table((Column("n"),), rows)

    @table_exhibit(
        "never", needs=("nowhere",), absent=told("no_weights"), caption_key="types",
        section="new", place=2,
    )  # fmt: skip
    def never_table(tables: Tables, labels: Labels) -> PaperTable:
        raise AssertionError((tables, labels))

    module.sizes_table, module.never_table = sizes_table, never_table
    return module


def test_a_new_exhibit_is_shown_by_declaring_it_in_a_module(
    shipped: Analysis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = made_up_module()
    monkeypatch.setattr(
        "typology.documents.document.exhibits_by_name", lambda: exhibits_of([*RUN_MODULES, module])
    )
    page = page_of(shipped, "en", tmp_path)
    size = f"{shipped.tables['classes']['n'].iloc[0]:.0f}"
    shown = page.show("sizes")
    assert "{#tbl-sizes}" in shown
    assert "The types: size and mean agreement." in shown
    assert size in shown
    assert page.section("new") == f"{shown}\n\n{page.show('never')}"
    assert page.show("never").startswith("Each respondent counts for one")
    assert module.sizes_table(page.tables, page.labels).rows[0] == (size,)


def test_two_exhibits_of_one_name_are_refused() -> None:
    module: Any = ModuleType("made_up")
    module.one = replace(OF_A_RUN["tree"])
    with pytest.raises(ValueError, match="Two exhibits are named 'tree'"):
        exhibits_of([*RUN_MODULES, module])


def test_an_exhibit_that_can_be_absent_says_why() -> None:
    tree = OF_A_RUN["tree"]
    with pytest.raises(ValueError, match="'tree' does not say why"):
        replace(tree, needs=("tree",))
