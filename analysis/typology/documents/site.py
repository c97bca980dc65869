"""What the site of a study holds: the pages in its languages, their titles, the bar above them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from typology.documents.article.metadata import article_metadata
from typology.questionnaire import Questionnaire
from typology.study import Study
from typology.words.markdown import escape_markdown

SITE_PAGES = "_pages.yml"
STUDY_VARIABLES = "_study"
_GUIDES = "guides"
LANG = {"fr": "fr", "en": "en-GB"}

Metadata = dict[str, Any]


def site_metadata(pages: Mapping[str, Any], questionnaire: Questionnaire) -> dict[str, Metadata]:
    """Return what Quarto has to know of the site of a study, by name.

    ``pages`` is the content of ``_pages.yml``: the pages there are, with their words in each
    language. The languages of the questionnaire are those of the site, its title is that of the
    site.

    "site" is for the project: its languages, its title, its bar, the pages to leave out. The others
    are the titles of the pages that all languages share, by the name of the page.
    """
    languages = questionnaire.languages
    first = languages[0]
    title = _in_page({each: escape_markdown(questionnaire.title.in_(each)) for each in languages})
    left_out = [
        f"!{entry['page']}"
        for entry in _entries(pages["bar"])
        if "page" in entry and not _words(entry, languages)
    ]
    site: Metadata = {
        "lang": LANG[first],
        "study-languages": [*languages],
        "website": {
            "title": title,
            "navbar": {"left": _bar(pages["bar"], languages, pages["languages"])},
        },
    }
    if left_out:
        site["project"] = {"render": left_out}
    titles = {Path(page).stem: {"title": words[first]} for page, words in pages["titles"].items()}
    return {"site": site, "index": {"title": title}, **titles}


def page_languages(pages: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Return the languages for which each page has words, from the content of ``_pages.yml``."""
    return {
        entry["page"]: frozenset(_words(entry, tuple(LANG)))
        for entry in _entries(pages["bar"])
        if "page" in entry
    }


def pages_left_out(documents: Path) -> frozenset[str]:
    """Return the pages that the site does not have, as `write_site` wrote it."""
    path = documents / STUDY_VARIABLES / "site.yml"
    site = yaml.safe_load(path.read_text(encoding="utf-8"))
    return frozenset(each.removeprefix("!") for each in site.get("project", {}).get("render", ()))


def write_site(documents: Path, study: Study, questionnaire: Questionnaire) -> None:
    """Write what Quarto has to know of the site and of the articles, where it reads it.

    A page that is not in the folder of the documents is not in the bar, and guides that are not
    there are not spoken of. Nothing is written where nothing changed.
    """
    pages = yaml.safe_load((documents / SITE_PAGES).read_text(encoding="utf-8"))
    pages["bar"] = _present(pages["bar"], documents)
    folder = documents / STUDY_VARIABLES
    folder.mkdir(exist_ok=True)
    known = site_metadata(pages, questionnaire)
    known["site"]["study-guides"] = (documents / _GUIDES).is_dir()
    own = study.references_path
    references = "" if own is None else Path(os.path.relpath(own, documents)).as_posix()
    for language in LANG:
        known[f"article-{language}"] = article_metadata(study, language, references=references)
    if study.choices.paper.site is not None:
        known["site"]["study-site"] = study.choices.paper.site
    for name, metadata in known.items():
        path = folder / f"{name}.yml"
        text = yaml.safe_dump(metadata, allow_unicode=True, sort_keys=False)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _present(bar: Sequence[Mapping[str, Any]], documents: Path) -> list[Metadata]:
    """Return the entries of a bar whose pages are there; a menu without any is left out."""
    kept: list[Metadata] = []
    for entry in bar:
        if "menu" in entry:
            menu = _present(entry["menu"], documents)
            kept += [{**entry, "menu": menu}] if menu else []
        elif (documents / entry["page"]).is_file():
            kept.append(dict(entry))
    return kept


def _entries(bar: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for entry in bar:
        yield entry
        yield from entry.get("menu", ())


def _words(entry: Mapping[str, Any], languages: Sequence[str]) -> dict[str, str]:
    return {language: entry[language] for language in languages if language in entry}


def _bar(
    bar: Sequence[Mapping[str, Any]], languages: Sequence[str], names: Mapping[str, str]
) -> list[Metadata]:
    """Return the bar: a menu that leads to one page is a link to it."""
    shown: list[Metadata] = []
    for entry in bar:
        text = _in_page(_words(entry, languages))
        menu = [each for each in entry.get("menu", ()) if _words(each, languages)]
        if len(menu) > 1:
            shown.append({"text": text, "menu": [_link(each, languages, names) for each in menu]})
        elif text:
            [linked] = menu or [entry]
            shown.append({"href": linked["page"], "text": text})
    return shown


def _link(entry: Mapping[str, Any], languages: Sequence[str], names: Mapping[str, str]) -> Metadata:
    """Return an entry of a menu, with its languages where the site has several."""
    words = _words(entry, languages)
    own = f" ({', '.join(names[language] for language in words)})" if len(languages) > 1 else ""
    return {"href": entry["page"], "text": _in_page(words) + own}


def _in_page(words: Mapping[str, str]) -> str:
    """Return words of which a page shows those of its language, as ``language.lua`` picks them."""
    if len(set(words.values())) == 1:
        return next(iter(words.values()))
    return "".join(f"[{text}]{{.{language}}}" for language, text in words.items())
