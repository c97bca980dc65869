from __future__ import annotations

import io

import pytest
from rich.console import Console

from typology.cli.console_text import make_readable
from typology.cli.terminal import print_input_error, stage_printer
from typology.problems import InputError, Problem
from typology.words.phrases import phrase


def console(encoding: str) -> tuple[io.TextIOWrapper, io.BytesIO]:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    make_readable([stream])
    return stream, raw


@pytest.mark.parametrize(
    ("encoding", "text", "shown"),
    [
        ("cp1252", "✓ Été : −0,5 ≥ χ² œuvre › …", "v Été : -0,5 >= chi² œuvre › …"),
        ("cp850", "✓ Été − œuvre › …", "v Été - oeuvre > ..."),
        ("cp1252", "12\N{NARROW NO-BREAK SPACE}345 │─┌ → ⠋", "12 345 |-+ -> *"),
        ("ascii", "Un problème : « é »", 'Un probleme : " e "'),
        ("utf-8", "✓ − χ", "✓ − χ"),
        ("cp1252", "字", "?"),
    ],
)  # fmt: skip
def test_letters_that_a_console_lacks_are_written_in_those_it_has(
    encoding: str, text: str, shown: str
) -> None:
    stream, raw = console(encoding)
    stream.write(text)
    stream.flush()
    assert raw.getvalue().decode(encoding) == shown


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii"])
def test_stages_and_problems_are_shown_on_any_console(encoding: str) -> None:
    stream, raw = console(encoding)
    shown = Console(file=stream, force_terminal=True, legacy_windows=False, width=80)
    with stage_printer(shown, "fr") as progress:
        progress("read")
        progress("figures", 0.5)
    problem = Problem("", "", "−1 ✓", phrase("a file"), phrase("Correct it."), "étude.yml › axes")
    print_input_error(shown, InputError(problem), "fr")
    stream.flush()
    told = raw.getvalue().decode(encoding)
    assert "-1 v" in told
    assert "Figures" in told


def test_other_streams_are_left_as_they_are() -> None:
    make_readable([None, io.StringIO()])


@pytest.mark.parametrize(("count", "times"), [(1, 2), (20, 1)])
def test_a_long_line_to_paste_stands_once_whole_and_a_short_one_beside_its_row(
    count: int, times: int
) -> None:
    shown = Console(file=io.StringIO(), width=100)
    columns = {f"E{number:02d}": f"A1[SQ{number:03d}]" for number in range(count)}
    problem = Problem(
        "", "A1", "", phrase("a file"), phrase("Correct it."), study_lines={"columns": columns}
    )
    print_input_error(shown, InputError(problem), "en")
    told = shown.file.getvalue()  # type: ignore[attr-defined]
    assert told.count("columns: {") == times
    whole = ", ".join(f'{name}: "{heading}"' for name, heading in columns.items())
    assert f"\ncolumns: {{{whole}}}\n" in told
