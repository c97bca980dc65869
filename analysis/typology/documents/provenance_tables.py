"""Where things come from, as tables: the wording of the questionnaire, the results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from typology.exhibits.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.questionnaire import Asked, Item, Questionnaire
from typology.words import word

_CHECKSUM_SHOWN = 16


def wording_table(questionnaire: Questionnaire, language: str) -> PaperTable:
    """Return where each item of a questionnaire comes from.

    By block: id, wording, theme, hat under which the idea was noted, and whether the words are
    reported or reconstructed.
    """
    columns = tuple(
        Column(word(key, language), "left")
        for key in ("item_id", "item", "theme", "hat", "wording_origin")
    )
    groups = tuple(
        RowGroup(
            block.title.in_(language),
            tuple(_wording(questionnaire, item, language) for item in block.items),
        )
        for block in questionnaire.blocks
    )
    return PaperTable(columns, groups)


def inputs_table(manifest: Mapping[str, Any], language: str) -> PaperTable:
    """Return the first digits of the SHA-256 of what made the results: inputs and code."""
    columns = tuple(Column(word(key, language), "left") for key in ("made_from", "file", "sha256"))
    rows = [
        (word("input", language, role), file["name"], _short(file["sha256"]))
        for role, file in manifest["inputs"].items()
    ]
    rows += [
        (word("package_code", language), name, _short(checksum))
        for name, checksum in manifest["code"].items()
    ]
    return plain_table(columns, rows)


def outputs_table(manifest: Mapping[str, Any], language: str) -> PaperTable:
    """Return the checksums of the results: tables, model, figures."""
    columns = tuple(Column(word(key, language), "left") for key in ("file", "sha256"))
    rows = [(name, _short(checksum)) for name, checksum in manifest["outputs"].items()]
    return plain_table(columns, rows)


def versions_table(manifest: Mapping[str, Any], language: str) -> PaperTable:
    """Return the versions of Python and of the libraries behind the numbers."""
    columns = tuple(Column(word(key, language), "left") for key in ("library", "version"))
    return plain_table(columns, list(manifest["versions"].items()))


def _wording(questionnaire: Questionnaire, item: Item, language: str) -> tuple[str, ...]:
    theme = questionnaire.themes[item.theme].in_(language) if item.theme else ""
    hat = questionnaire.hats[item.hat].in_(language) if item.hat else ""
    return (item.id, item.in_(language), theme, hat, _origin(item, language))


def _origin(asked: Asked, language: str) -> str:
    return word("wording", language, asked.wording) if asked.wording else ""


def _short(checksum: str) -> str:
    return checksum[:_CHECKSUM_SHOWN]
