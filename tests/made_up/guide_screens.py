"""Draw the screens that the guides show: python tests/made_up/guide_screens.py.

Each is what the command really prints, of an export made from the simulated sample as a survey
tool would give it: whole questions as titles, answers in words, columns of the tool's own.
"""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from rich.text import Text

from copied_study import copy_study
from typology.questionnaire.file import load_questionnaire

PROJECT = Path(__file__).parents[2]
SCREENS = PROJECT / "quarto" / "guides" / "screens"
WIDTH = 96
EXPORTS = {"fr": "mon_export.xlsx", "en": "my_export.xlsx"}
# Rich's own picture fetches its letters from the network.
PICTURE = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" \
xmlns="http://www.w3.org/2000/svg"><style>
.{unique_id}-matrix {{ font-family: Consolas, Menlo, "DejaVu Sans Mono", monospace; \
font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style><defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" \
width="{terminal_width}" height="{terminal_height}"/></clipPath>{lines}</defs>
<rect fill="#ffffff" stroke="#c8c8c8" x="1" y="1" width="{width}" height="{height}" rx="8"/>
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g></svg>
"""


def export(language: str, *, with_faults: bool) -> pd.DataFrame:
    """Return the simulated sample as a survey tool would export it."""
    questionnaire = load_questionnaire(PROJECT / "data" / "questionnaire.yml")
    answers = pd.read_csv(PROJECT / "data" / "simulated_responses.csv", dtype="string")
    answers = answers.drop(columns="simulated")
    titles = {"respondent": "ID"}
    for name, item in questionnaire.items.items():
        titles[name] = item.in_(language)
        words = {
            str(point.code): point.in_(language) for point in questionnaire.scale_of(name).points
        }
        answers[name] = answers[name].map(words)
    answers.insert(1, {"fr": "Horodateur", "en": "Timestamp"}[language], "2021-03-02 10:15")
    if with_faults:
        answers["Remarques" if language == "fr" else "Remarks"] = "–"
        said = {"fr": ("Ne sait pas", "Totalement d'accord"), "en": ("Don't know", "Totally agree")}
        answers.loc[answers.index % 40 == 3, "E08"] = said[language][0]
        answers.loc[answers["F02"] == answers["F02"].mode()[0], "F02"] = said[language][1]
    return answers.rename(columns=titles)


def printed(arguments: list[str], folder: Path, language: str) -> str:
    """Return what a command prints in a terminal with colours."""
    packages = os.pathsep.join(str(PROJECT / package) for package in ("analysis", "R-free"))
    # With colours, the bars of a run would be drawn again and again.
    colours = {} if arguments[0] == "run" else {"FORCE_COLOR": "1"}
    environment = {
        **os.environ, **colours, "PYTHONPATH": packages, "COLUMNS": str(WIDTH),
        "LC_ALL": {"fr": "fr_FR.UTF-8", "en": "en_GB.UTF-8"}[language], "PYTHONIOENCODING": "utf-8",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "typology", *arguments, "--language", language],
        cwd=folder, env=environment, capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    return (done.stdout + done.stderr).replace(str(folder), "~/typologie")


def screens(folder: Path, *, with_run: bool) -> dict[str, str]:
    """Return what every screen shows, with its colours, by name."""
    shown = {}
    for language, name in EXPORTS.items():
        root = folder / language
        copy_study(PROJECT, root)
        (root / "data" / "private").mkdir()
        path = root / "data" / "private" / name
        given = ["--responses", f"data/private/{name}"]
        export(language, with_faults=True).to_excel(path, index=False)
        shown[f"check-problems-{language}"] = printed(["check", *given], root, language)
        export(language, with_faults=False).to_excel(path, index=False)
        shown[f"check-{language}"] = printed(["check", *given], root, language)
        new = {"fr": "mon_etude", "en": "my_study"}[language]
        shown[f"new-{language}"] = printed(["new", new, "--languages", language], root, language)
        if with_run:
            shown[f"run-{language}"] = printed(["run", *given], root, language)
    return shown


def plain(text: str) -> str:
    """Return what a screen says, without its colours and its times."""
    bare = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
    return re.sub(r"\s*[━╸╺]+\s*\d+:\d\d:\d\d", "", bare)


def words(svg: str) -> str:
    """Return what a picture says, without spaces and times."""
    texts = re.findall(r"<text[^>]*>(.*?)</text>", svg, re.DOTALL)
    return re.sub(r"\s|[━╸╺]+\d+:\d\d:\d\d", "", html.unescape("".join(texts)))


def picture(text: str) -> str:
    """Return a screen as a picture."""
    bare = re.sub(r"\x1b\[\?[0-9]*[hl]|\x1b\[\d*[AK]|\r", "", text)
    console = Console(record=True, width=WIDTH, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    # An empty line below, or the foot of the last one is cut.
    console.print(Text.from_ansi(bare.rstrip("\n") + "\n"))
    return console.export_svg(
        title="", code_format=PICTURE, theme=DEFAULT_TERMINAL_THEME, unique_id="screen"
    )


def main() -> None:
    """Draw every screen."""
    SCREENS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in screens(Path(folder), with_run=True).items():
            (SCREENS / f"{name}.svg").write_text(picture(text), encoding="utf-8", newline="\n")
            print(name)


if __name__ == "__main__":
    main()
