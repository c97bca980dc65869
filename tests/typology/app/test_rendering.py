"""What the page makes of sentences and tables written for the documents."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="The page (extra: app) is not installed.")

from typology.app.jobs import STOPPED, Jobs
from typology.app.rendering import commands, prose, spanners, table_csv, table_text, told_problem
from typology.exhibits.paper_table import INDENT, Column, PaperTable, RowGroup
from typology.problems import Problem
from typology.words.markdown import escape_markdown
from typology.words.phrases import phrase

TABLE = PaperTable(
    (Column("Type", "left"), Column("n", spanner="Effectif"), Column("%", spanner="Effectif")),
    (RowGroup("Tous", (("=1+1", "3", "1,5"), (f"{INDENT}autre", "4", "2,5"))),),
    ("Une note.",),
)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Un. Deux (1.5).\n\nTrois.", "<p>Un. Deux (1.5).</p>\n<p>Trois.</p>\n"),
        ("Reste. Le @tbl-unanimous donne les suivants.", "<p>Reste.</p>\n"),
        ("La @fig-tree le montre.", ""),
        ("Dit ailleurs [@hennig2007]. Voir la [validité](validity.qmd).",
         "<p>Dit ailleurs. Voir la validité.</p>\n"),
        ("**Fort** et *penché*", "<p><strong>Fort</strong> et <em>penché</em></p>\n"),
        ("", ""),
    ],
)  # fmt: skip
def test_sentences_are_paragraphs_without_what_only_documents_have(
    markdown: str, html: str
) -> None:
    assert prose(markdown) == html


@pytest.mark.parametrize(
    "text", ["<script>x</script>", "a & b < c", "* [x](y) @z `k` \\", "a_b*c*"]
)
def test_words_of_a_questionnaire_stay_words(text: str) -> None:
    shown = str(prose(escape_markdown(text))).removeprefix("<p>").removesuffix("</p>\n")
    said = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert said == text
    assert "<" not in shown


def test_a_command_in_a_sentence_looks_like_what_is_typed_and_nothing_else_is_html() -> None:
    told = commands('Tapez `pip install ".[app]"` <ici>.')
    assert told == "Tapez <code>pip install &#34;.[app]&#34;</code> &lt;ici&gt;."


def test_a_table_is_copied_as_spreadsheets_take_it() -> None:
    lines = table_text(TABLE).split("\n")
    assert lines[0] == "Type\tEffectif – n\tEffectif – %"
    assert lines[1:] == ["Tous", "=1+1\t3\t1,5", "  autre\t4\t2,5", "Une note."]
    assert spanners(TABLE) == [("", 1), ("Effectif", 2)]


def test_a_table_that_is_downloaded_runs_no_formula() -> None:
    french = table_csv(TABLE, "fr").decode("utf-8-sig")
    assert french.splitlines()[2] == "'=1+1;3;1,5"
    assert table_csv(TABLE, "en").decode("utf-8-sig").splitlines()[2] == '\'=1+1,3,"1,5"'


def test_a_problem_is_told_with_its_line() -> None:
    problem = Problem("4", "S02", "NSP", phrase("a file"), phrase("Correct it."), "a.csv › x",
                      study_lines={"no_answer": ["NSP"]})  # fmt: skip
    row = told_problem(problem, "fr")
    assert row["file"] == "a.csv"
    assert row["place"] == "x, ligne 4, colonne S02"
    assert row["lines"] == ['no_answer: ["NSP"]']
    assert "no_answer" not in row["remedy"]


def test_work_that_is_stopped_says_so_and_one_study_has_one_job(tmp_path: Path) -> None:
    jobs = Jobs()
    waits = [sys.executable, "-c", "import time; print('begun', flush=True); time.sleep(60)"]
    job = jobs.start("a", "run", lambda _: waits, tmp_path)
    assert jobs.start("a", "run", lambda _: waits, tmp_path) is job
    assert job.progress().end == ""
    jobs.stop_all()
    assert job.progress().end == STOPPED
    assert job.progress().share == 0.0
