"""What pages show and say by name: exhibits of a run, those of the documents, sentences."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from inspect import isfunction
from types import ModuleType

from typology.axes import sentences as axes_sentences
from typology.axes.characteristics import sentences as characteristics_sentences
from typology.documents import choices, discussion, page_exhibits
from typology.documents.article import abstract, length_table, own_words, survey
from typology.documents.checklists import checklists
from typology.documents.costs import exhibits as costs
from typology.documents.costs import sentences as costs_sentences
from typology.documents.instruments import surveys, workshops
from typology.exhibits.registry import Exhibit, exhibits_of
from typology.items import block_sentences
from typology.items import sentences as items_sentences
from typology.membership import sentences as membership_sentences
from typology.people import sample_sentences
from typology.people import sentences as people_sentences
from typology.results.exhibits import RUN_MODULES
from typology.types import sentences as types_sentences
from typology.validity import latent_class_sentences, verdict_sentences
from typology.validity import sentences as validity_sentences
from typology.validity.evidence import sentences as evidence_sentences
from typology.weights import sentences as weights_sentences

Sentence = Callable[..., str]

EXHIBIT_MODULES = (
    *RUN_MODULES, page_exhibits, survey, length_table, checklists, surveys, workshops, costs,
)  # fmt: skip
"""A table or a figure declared in one of these is shown by `Document.show`."""

SENTENCE_MODULES = (
    items_sentences,
    block_sentences,
    axes_sentences,
    characteristics_sentences,
    types_sentences,
    people_sentences,
    sample_sentences,
    membership_sentences,
    weights_sentences,
    validity_sentences,
    verdict_sentences,
    evidence_sentences,
    latent_class_sentences,
    discussion,
    choices,
    own_words,
    abstract,
    survey,
    costs_sentences,
)
"""A public function of one of these is said by `Document.say`."""


@cache
def exhibits_by_name(modules: tuple[ModuleType, ...] = EXHIBIT_MODULES) -> Mapping[str, Exhibit]:
    """Return what can be shown, by name."""
    return exhibits_of(modules)


@cache
def sentences_by_name(modules: tuple[ModuleType, ...] = SENTENCE_MODULES) -> Mapping[str, Sentence]:
    """Return what can be said, by the name of its function."""
    found: dict[str, Sentence] = {}
    for module in modules:
        for name, function in vars(module).items():
            if not _is_sentence(function, module):
                continue
            if name in found:
                raise ValueError(f"Two sentences are named {name!r}.")
            found[name] = function
    return found


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """Return that there is no exhibit or sentence of a name, with those that resemble it."""
    known = list(known)
    near = difflib.get_close_matches(name, known, n=5, cutoff=0.4) or sorted(known)
    return f"No {kind} {name!r}. Nearest: {', '.join(near)}."


def _is_sentence(value: object, module: ModuleType) -> bool:
    """Return whether a value of a module is a public function of its own that returns text."""
    return (
        isfunction(value)
        and value.__module__ == module.__name__
        and not value.__name__.startswith("_")
        and value.__annotations__["return"] in ("str", "Written")
    )
