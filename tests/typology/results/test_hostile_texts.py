"""Texts that would command what shows them: terminal, workbook, figure, page."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest
from matplotlib.figure import Figure
from rich.table import Table
from rich.text import Text as RichText

from made_up_members import labels
from typology.cli.console import Terminal
from typology.cli.terminal import print_input_error
from typology.documents.page_table import raw_html
from typology.documents.standalone_page import json_in_html
from typology.exhibits.canvas.saving import save_figure
from typology.exhibits.labels import Labels
from typology.exhibits.paper_sheet import write_paper_sheet
from typology.exhibits.paper_table import Column, plain_table
from typology.problems import InputError, Problem
from typology.questionnaire.text import Text
from typology.results.workbook import write_workbook
from typology.words.markdown import escape_markdown, plain_text
from typology.words.phrases import phrase
from typology.words.visible_text import SHOWN_AS, visible

COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
HOSTILE = (
    "\x1b[2J\x1b]0;owned\x07", "\x9b31m", "\u202egnp.exe", "\u2066a\u2069", "a\x00b", "\x7f\x85",
    "=cmd|' /C calc'!A0", "{=1+1}", "http://a.example", "mailto:a@b.c", "internal:'x'!A1",
    "external:c:\\a.xlsx", "file:///etc", "$\\frac{1}{0}$", "_x0041_", "007", "</script>",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE[:6])
def test_every_sign_of_command_is_shown(text: str) -> None:
    assert not COMMANDS.search(visible(text))
    assert len(visible(text)) == len(text)
    assert SHOWN_AS in visible(text)


def test_other_texts_stay() -> None:
    text = "l'été\u00a0: « 5 % »\t😀\nالسلام 你好 e\u0301"
    assert visible(text) == text


def test_a_wording_is_one_line_without_commands() -> None:
    assert Text(en="My\r\n  life\x1b[1m").in_("en") == f"My life{SHOWN_AS}[1m"


@pytest.mark.parametrize("text", HOSTILE[:6])
def test_the_terminal_prints_no_sequence_of_a_file(text: str) -> None:
    out = io.StringIO()
    console = Terminal(file=out, width=100, force_terminal=False)
    table = Table(title=text)
    table.add_column(text)
    table.add_row(text)
    table.add_row(RichText(text))
    for shown in (text, RichText(text), table):
        console.print(shown, soft_wrap=True)
    problem = Problem(text, text, text, phrase("an answer"), phrase("Correct it."), f"{text}.csv")
    print_input_error(console, InputError(problem, notices=[text]), "en")
    assert not COMMANDS.search(out.getvalue())
    assert SHOWN_AS in out.getvalue()


def test_the_terminal_keeps_its_own_colours() -> None:
    out = io.StringIO()
    Terminal(file=out, force_terminal=True, color_system="standard").print(
        RichText("\x1b[2J", style="bold red")
    )
    assert out.getvalue().startswith("\x1b[1;31m")
    assert "\x1b[2J" not in out.getvalue()


def cells_of(path: Path) -> list[openpyxl.cell.Cell]:
    book = openpyxl.load_workbook(path)
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]


def test_the_workbook_holds_texts_alone(tmp_path: Path) -> None:
    asked = labels("en")
    told = asked.questionnaire.model_copy(update={"title": Text(en=HOSTILE[6], fr=HOSTILE[0])})
    tables = {
        "classes": pd.DataFrame({"class": [1], "type": "", "share_weighted": False}),
        "class_examples": pd.DataFrame({"respondent": HOSTILE, "distance": -1.5}),
    }
    for language in ("fr", "en"):
        path = tmp_path / f"{language}.xlsx"
        write_workbook(path, tables, Labels(told, language, asked.types), simulated=True)
        found = cells_of(path)
        assert not [cell for cell in found if cell.data_type == "f"]
        links = [cell.hyperlink for cell in found if cell.hyperlink]
        assert [link.target for link in links] == [None, None]  # to the sheets, from the contents
        texts = [cell.value for cell in found if cell.data_type == "s"]
        for text in HOSTILE[6:]:
            assert text in texts
        assert not [text for text in texts if COMMANDS.search(text)]
        numbers = [cell.value for cell in found if cell.data_type == "n"]
        assert numbers.count(-1.5) == len(HOSTILE)
        with zipfile.ZipFile(path) as parts:
            assert not [name for name in parts.namelist() if "external" in name]
            for name in parts.namelist():
                ElementTree.fromstring(parts.read(name))


def test_the_sheet_of_the_paper_holds_texts_alone(tmp_path: Path) -> None:
    import xlsxwriter  # noqa: PLC0415 - the workbook that the writer is given

    columns = (Column(HOSTILE[6], "left"), Column("n"))
    table = plain_table(columns, [(each, "1") for each in HOSTILE], *HOSTILE)
    with xlsxwriter.Workbook(str(tmp_path / "one.xlsx")) as workbook:
        write_paper_sheet(workbook, "one", table, caption=HOSTILE[6], warning=HOSTILE[8])
    found = cells_of(tmp_path / "one.xlsx")
    assert not [cell for cell in found if cell.data_type == "f" or cell.hyperlink]
    assert sum(cell.value == HOSTILE[7] for cell in found) == 2


def test_a_figure_reads_no_mathematics_and_is_xml(tmp_path: Path) -> None:
    figure = Figure()
    axes = figure.subplots()
    axes.set_title("$\\frac{1}{0}$ and $x$")
    axes.set_xticks([0, 1], ["$\\frac$", "a $ and a $"])
    axes.set_ylabel("\x1b[31m\u202e")
    svg, png = save_figure(figure, tmp_path / "f", alt="\x1b]0;owned\x07 <&> $\\frac$")
    text = svg.read_text(encoding="utf-8")
    assert not COMMANDS.search(text)
    root = ElementTree.fromstring(text)
    described = [each.text for each in root.iter() if each.tag.endswith("description")]
    assert described == [f"{SHOWN_AS}]0;owned{SHOWN_AS} <&> $\\frac$"]
    assert png.stat().st_size > 1000
    assert all(not each.get_parse_math() for each in figure.findobj(type(axes.title)))


def test_json_in_a_page_ends_no_script_and_holds_no_command() -> None:
    written = json_in_html({HOSTILE[0]: [*HOSTILE, 1, None, {"a": HOSTILE[2]}]})
    assert not COMMANDS.search(written)
    assert "\\u00" not in written.replace("\\u003", "").replace("\\u0026", "")
    assert "</" not in written


def test_html_of_a_page_cannot_end_its_fence() -> None:
    lines = raw_html("<p>\n`````````\n# a title\n</p>").splitlines()
    assert lines[0] == "``````````{=html}"
    assert lines.count(lines[0].removesuffix("{=html}")) == 1
    assert lines[-1] == "``````````"


MARKDOWN = (
    "a|b", "*a* _b_ **c**", "<b>a</b>", "[a](http://b) ![c](d)", "{{< meta title >}}", "`r 1`",
    "```", "# a", "- a", "+ a", "1. a", "(a) b", "iv) c", "#. a", ": a", "::: {.a}", "---", "===",
    "% a", "> a", "~~a~~ a^b^ a~b~", "$x$", "@cite", "&amp; &lt;", "a -- b --- c", "\\alpha",
    "http://a.example", "a@b.c", "^[note]", "[^1]", "| a |", "a\n\nb", "\\", "<!-- a -->",
)  # fmt: skip


@pytest.mark.parametrize("text", MARKDOWN)
def test_escaped_words_come_back_from_markdown(text: str) -> None:
    assert plain_text(escape_markdown(text)) == " ".join(text.split())


def test_pandoc_prints_escaped_words_as_they_are() -> None:
    try:
        done = subprocess.run(
            ["pandoc", "-f", "markdown+autolink_bare_uris", "-t", "json"],
            input="\n\n".join(map(escape_markdown, MARKDOWN)), capture_output=True, check=True,
            encoding="utf-8",
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("Pandoc is not installed")
    import json  # noqa: PLC0415

    blocks = json.loads(done.stdout)["blocks"]
    assert {block["t"] for block in blocks} == {"Para"}
    kinds = {inline["t"] for block in blocks for inline in block["c"]}
    assert kinds == {"Str", "Space"}
    said = [
        "".join(inline.get("c", " ") for inline in block["c"]).replace("\u2026", "...")
        for block in blocks
    ]
    assert said == [" ".join(text.split()) for text in MARKDOWN]
