"""What can be shown of a study: a table or a figure, declared where it is made.

An exhibit reads the tables of a run (``tables``) and speaks through the labels of one language
(``labels``). Its caption is among the words, in the family ``caption``, under its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, ParamSpec

from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import PaperTable
from typology.exhibits.run_tables import Tables, has_rows
from typology.words import word

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ExhibitPart = Mapping[str, Any]
"""What one of several alike is shown of: ``{"block": "fears"}``; nothing where there is one."""

Reason = Callable[[Tables, Labels], str]
_Given = ParamSpec("_Given")


@dataclass(frozen=True)
class Each:
    """What an exhibit is repeated over: each active block, each axis kept, each class.

    ``keyword`` is that of the function that makes it; ``values`` returns what it is made for.
    """

    keyword: str
    values: Callable[[Tables, Labels], Iterable[Any]]


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """A table or a figure."""

    name: str  # by which a page shows it
    label: str  # its cross-reference; {block} is where the block goes of one for each block
    needs: tuple[str, ...] = ()  # tables without a row of which there is nothing to show
    given: Callable[[Tables], bool] | None = None  # whether it can be shown, if a row is not enough
    absent: Reason | None = None  # why there is nothing to show
    each: Each | None = None
    caption_key: str = ""  # of its caption in the family "caption", if not its name
    # What stands for the {name} of the caption, from tables, labels and part; without, the part.
    values: Callable[..., Mapping[str, object]] | None = None
    section: str = ""  # of the supplement it stands in
    place: int = 100  # where it stands there; after the others without
    scrolling: bool = False  # whether it is so long that it scrolls within a web page

    def __post_init__(self) -> None:
        if self.needs and self.absent is None:
            raise ValueError(f"The exhibit {self.name!r} does not say why it can be absent.")

    def is_there(self, tables: Tables) -> bool:
        """Return whether the run has what is shown."""
        there = has_rows(tables, *self.needs)
        return there and (self.given is None or self.given(tables))

    def why_absent(self, tables: Tables, labels: Labels) -> str:
        """Return why there is nothing to show, "" for what every run has."""
        return self.absent(tables, labels) if self.absent else ""

    def parts(self, tables: Tables, labels: Labels) -> list[ExhibitPart]:
        """Return what it is shown for, in turn."""
        if self.each is None:
            return [{}]
        return [{self.each.keyword: value} for value in self.each.values(tables, labels)]

    def label_of(self, **part: Any) -> str:
        """Return the cross-reference of a part."""
        return self.label.format(**part)

    def caption(self, tables: Tables, labels: Labels, part: ExhibitPart, key: str = "") -> str:
        """Return the caption of a part, from the words under its own key or another."""
        values = part if self.values is None else self.values(tables, labels, **part)
        key = key or self.caption_key or self.name
        return labels.word("caption", key, **values)


@dataclass(frozen=True, kw_only=True)
class TableExhibit(Exhibit, Generic[_Given]):
    """A table of the paper: called, it is the function that makes it."""

    make: Callable[_Given, PaperTable]

    def __call__(self, *args: _Given.args, **kwargs: _Given.kwargs) -> PaperTable:
        """Make the table."""
        return self.make(*args, **kwargs)


@dataclass(frozen=True, kw_only=True)
class FigureExhibit(Exhibit):
    """A figure, and what it says in words."""

    drawing: Callable[..., Figure]
    telling: Callable[..., str]  # returns its alternative text
    takes: tuple[str, ...]  # tables that both take first, in this order, before the labels
    options: Callable[[Tables], Mapping[str, Any]] | None = None  # that both take by keyword
    drawn_with: Callable[[Tables], Mapping[str, Any]] | None = None  # that the drawing alone takes
    file: str  # name of its files
    narrow: bool = False  # whether it is drawn for phones too: its drawing takes ``width``

    def file_of(self, **part: Any) -> str:
        """Return the name of the files of a part."""
        return self.file.format(**part)

    def draw(self, tables: Tables, labels: Labels, *, simulated: bool, **part: Any) -> Figure:
        """Draw it, without a title; say whether the answers are marked as simulated.

        One that is drawn for phones too takes its ``width`` (inches) among the rest.
        """
        given = dict(self.drawn_with(tables)) if self.drawn_with else {}
        return self.drawing(
            *(tables[name] for name in self.takes), labels,
            **self._options(tables, part), **given, simulated=simulated,
        )  # fmt: skip

    def describe(self, tables: Tables, labels: Labels, **part: Any) -> str:
        """Return the alternative text, from the same tables."""
        taken = (tables[name] for name in self.takes)
        return self.telling(*taken, labels, **self._options(tables, part))

    def _options(self, tables: Tables, part: ExhibitPart) -> dict[str, Any]:
        return {**(self.options(tables) if self.options else {}), **part}


def table_exhibit(
    name: str, *, label: str = "", **declared: Any
) -> Callable[[Callable[_Given, PaperTable]], TableExhibit[_Given]]:
    """Return a decorator: the function that makes a table becomes an exhibit.

    The label is "tbl-" and the name by default; what else is declared is as of `Exhibit`.
    """

    def declare(make: Callable[_Given, PaperTable]) -> TableExhibit[_Given]:
        own = label or f"tbl-{name.replace('_', '-')}"
        return TableExhibit(name=name, label=own, make=make, **declared)

    return declare


def figure_exhibit(
    name: str, drawing: Callable[..., Figure], telling: Callable[..., str], *,
    takes: tuple[str, ...], label: str = "", file: str = "", **declared: Any,
) -> FigureExhibit:  # fmt: skip
    """Return a figure, declared: label and name of its files are its name by default.

    ``{block}`` is where the block goes of a figure for each block.
    """
    own = label or f"fig-{name.replace('_', '-')}"
    return FigureExhibit(
        name=name, drawing=drawing, telling=telling, takes=takes, label=own, file=file or name,
        **declared,
    )  # fmt: skip


def told(key: str) -> Reason:
    """Return a reason that the words hold under a key."""
    return lambda _, labels: word(key, labels.language)


def unasked(tables: Tables, labels: Labels) -> str:
    """Return nothing: what the study does not ask for, or why it lacks it is said by the text."""
    del tables, labels
    return ""


def exhibits_of(modules: Iterable[ModuleType]) -> dict[str, Exhibit]:
    """Return the exhibits that modules hold, by name, in their order; no two have the same name."""
    found: dict[str, Exhibit] = {}
    for module in modules:
        for exhibit in vars(module).values():
            if not isinstance(exhibit, Exhibit):
                continue
            if found.setdefault(exhibit.name, exhibit) is not exhibit:
                raise ValueError(f"Two exhibits are named {exhibit.name!r}.")
    return found
