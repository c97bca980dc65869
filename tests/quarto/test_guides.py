"""The guides: plain pages, true to the command and to its messages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import guide_screens
import typology.app
from pages import FRONT_MATTER
from typology.cli.command import app
from typology.words.catalogue import files

QUARTO = Path(__file__).parents[2] / "quarto"
GUIDES = sorted((QUARTO / "guides").glob("*.qmd"))
SCREENS = QUARTO / "guides" / "screens"
PAGE_WORDS = Path(typology.app.__file__).with_name("words.yml")
COMMANDS = {
    each.name or each.callback.__name__.replace("_", "-")
    for each in app.registered_commands
    if each.callback
}
every_guide = pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)


def quoted(template: str) -> str:
    """Return a message as a page quotes it: without its values, and nothing for Markdown to do."""
    return re.sub(r"\{\w+\}", "…", template).replace("*", "\\*").replace("[", "\\[")


def test_each_guide_is_there_in_both_languages_and_in_the_bar() -> None:
    names = {path.stem for path in GUIDES}
    assert {name.removesuffix("-en") for name in names} == names - {
        name for name in names if name.endswith("-en")
    }
    bar = yaml.safe_load((QUARTO / "_pages.yml").read_text(encoding="utf-8"))["bar"]
    menu = [entry["page"] for each in bar if each.get("fr") == "Guides" for entry in each["menu"]]
    assert {f"guides/{name}.qmd" for name in names} == set(menu)


@every_guide
def test_links_and_pictures_resolve(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (path.parent / target).is_file(), target


@every_guide
def test_commands_named_in_a_guide_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    front = FRONT_MATTER.match(text)
    assert front
    assert yaml.safe_load(front[1])["lang"] == ("en-GB" if path.stem.endswith("-en") else "fr")
    named = set(re.findall(r"^typology ([a-z-]+)", text, re.MULTILINE))
    assert named <= COMMANDS, named - COMMANDS


@every_guide
def test_what_is_clicked_in_a_guide_is_on_the_page(path: Path) -> None:
    """Buttons, links and steps of `typology app` are in bold, as the page writes them."""
    words = yaml.safe_load(PAGE_WORDS.read_text(encoding="utf-8"))["app"]
    language = "en" if path.stem.endswith("-en") else "fr"
    said = {str(each[language]) for each in words.values()} | {words["other_language"]["fr"]}
    for section in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
        if "screens/page-" not in section:
            continue
        bold = re.findall(r"\*\*(.+?)\*\*", section.replace("\n", " "))
        assert {each for each in bold if each not in said and each.rstrip(".") not in said} == set()


def test_pictures_of_the_page_are_small_and_described() -> None:
    shown = {
        picture: described
        for path in GUIDES
        for picture, described in re.findall(
            r'\(screens/(page-[\w-]+\.png)\)\{fig-alt="([^"]+)"', path.read_text(encoding="utf-8")
        )
    }
    drawn = {path.name: path.stat().st_size for path in SCREENS.glob("page-*.png")}
    assert set(shown) == set(drawn)
    assert max(drawn.values()) < 60_000
    assert min(map(len, shown.values())) > 60


@pytest.mark.parametrize("name", ["messages", "messages-en"])
def test_messages_are_quoted_as_the_command_says_them(name: str) -> None:
    text = (QUARTO / "guides" / f"{name}.qmd").read_text(encoding="utf-8")
    catalogue = {
        quoted(english if name.endswith("-en") else french)
        for read in files("phrases.yml").values()
        for english, french in read.items()
    }
    found = re.findall(r"^\*\*(.*)\*\*$", text, re.MULTILINE)
    assert len(found) > 30
    assert [each for each in found if each not in catalogue] == []


def test_the_screens_are_what_the_command_prints_today(tmp_path: Path) -> None:
    for name, text in guide_screens.screens(tmp_path, with_run=False).items():
        drawn = (QUARTO / "guides" / "screens" / f"{name}.svg").read_text(encoding="utf-8")
        printed = re.sub(r"\s", "", guide_screens.plain(text))
        assert guide_screens.words(drawn) == printed, "python tests/made_up/guide_screens.py"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_guides_and_page_say_alike_how_long_a_run_takes(language: str) -> None:
    lasts = yaml.safe_load(PAGE_WORDS.read_text(encoding="utf-8"))["app"]["run_lasts"][language]
    said = {"fr": "", "en": "-en"}[language]
    text = " ".join((QUARTO / "guides" / f"rerun{said}.qmd").read_text("utf-8").split())
    assert lasts.replace("'", "’") in text.replace("'", "’")
    for guide in ("rerun", "adapt", "app"):
        path = QUARTO / "guides" / f"{guide}{said}.qmd"
        if not path.is_file():
            continue
        others = " ".join(path.read_text("utf-8").split()).replace("’", "'").replace(lasts, "")
        ran = r"(?:calcul entier|whole run|`typology run`|`run`)[^.:]*minutes?"
        assert not re.search(ran, others, re.IGNORECASE)


@pytest.mark.parametrize("name", ["reproduce", "reproduce-en"])
def test_a_reviewer_is_told_files_that_are_there_to_be_compared(name: str) -> None:
    text = (QUARTO / "guides" / f"{name}.qmd").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) >= 5
    project = QUARTO.parent
    for named in re.findall(r"`((?:data|R-free|tests)/[^ `]+)", text):
        assert [*project.glob(named.split(" ")[0].removesuffix("/"))], named
    for table in ("classes", "item_agreement"):
        assert f"{table}.csv" in text
