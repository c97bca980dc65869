"""Numbers of the study that prose quotes, written as the language writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from typology.exhibits.class_shares import class_share
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import class_row
from typology.study.sections import StudyFile
from typology.words import number, percent, word
from typology.words.markdown import Written, escape_markdown


@dataclass(frozen=True)
class Facts:
    """What inline code of a document may quote: every value is text, ready to be read."""

    tables: Mapping[str, pd.DataFrame]
    labels: Labels
    choices: StudyFile

    def count(self, value: float) -> Written:
        """Return a number of things."""
        return self.number(value, decimals=0)

    def number(self, value: float, *, decimals: int = 1) -> Written:
        """Return a number."""
        return Written(number(value, self.labels.language, decimals))

    def percent(self, value: float, *, decimals: int = 1) -> Written:
        """Return a share that is in percent."""
        return Written(percent(value, self.labels.language, decimals))

    def remaining(self, step: str) -> Written:
        """Return how many respondents remain after a step of the flow: "read", "analysed"."""
        flow = self.tables["flow"].set_index("step_id")
        return self.count(float(flow["remaining"][step]))

    @property
    def respondents(self) -> Written:
        """Return the number of respondents analysed."""
        return self.remaining("analysed")

    @property
    def missing_cells(self) -> Written:
        """Return the share of answers to the active items that are missing."""
        return self.percent(float(self.tables["completeness"]["missing_share"].iloc[0]))

    @property
    def complete_respondents(self) -> Written:
        """Return the number of respondents who answered every active item."""
        return self.count(float(self.tables["completeness"]["complete"].iloc[0]))

    @property
    def active_categories(self) -> Written:
        """Return the number of categories that make the axes."""
        return self._categories("active")

    @property
    def passive_categories(self) -> Written:
        """Return the number of categories set passive."""
        return self._categories("passive")

    @property
    def passive_below(self) -> Written:
        """Return the number of respondents under which a category is passive."""
        return self.count(self.choices.passive_below)

    @property
    def most_missing(self) -> Written:
        """Return the largest share of active items a respondent may leave unanswered."""
        return self.percent(self.choices.exclusions.max_missing_share, decimals=0)

    @property
    def seed(self) -> Written:
        """Return where everything random starts."""
        return Written(self.choices.seed)

    @property
    def axes(self) -> Written:
        """Return the number of axes."""
        return self.count(len(self.tables["axes"]))

    @property
    def axes_kept(self) -> Written:
        """Return the number of axes kept for the classification."""
        return self.count(self.tables["axes"]["kept"].sum())

    @property
    def axes_corrected(self) -> Written:
        """Return the number of axes whose eigenvalue exceeds 1/Q."""
        return self.count(self.tables["axes"]["benzecri"].notna().sum())

    def rate(self, which: str, axis: int | None = None) -> Written:
        """Return a rate ("percent", "benzecri", "greenacre") of an axis, or of all kept."""
        table = self.tables["axes"]
        chosen = table["kept"] if axis is None else table["axis"] == axis
        return self.percent(table.loc[chosen, which].sum())

    def guttman(self, axis_x: int = 1, axis_y: int = 2) -> Written:
        """Return R² of an axis on a quadratic in an earlier one."""
        table = self.tables["guttman"].set_index(["axis_x", "axis_y"])
        return self.number(float(table["r2"].loc[(axis_x, axis_y)]), decimals=2)

    @property
    def classes(self) -> Written:
        """Return the number of classes."""
        return self.count(len(self.tables["classes"]))

    def within(self, classes: int | None = None) -> Written:
        """Return the share of inertia left within classes, at the cut chosen or at another."""
        table = self.tables["inertia_gains"]
        chosen = table["chosen"] if classes is None else table["classes"] == classes
        return self.percent(table.loc[chosen, "within_share"].iloc[0])

    def alpha(self, block: str) -> Written:
        """Return Cronbach's alpha of a block."""
        return self._reliability(block, "alpha")

    def omega(self, block: str) -> Written:
        """Return McDonald's omega of a block."""
        return self._reliability(block, "omega")

    @property
    def types(self) -> Written:
        """Return the names of the types with their sizes, in the order of the first axis."""
        return Written(", ".join(self.type(each) for each in self.tables["classes"]["class"]))

    def type(self, class_number: int) -> Written:
        """Return the name of a type, with its size and share."""
        row = class_row(self.tables, class_number)
        language = self.labels.language
        share, n = class_share(row, language), round(float(row["n"]))
        name = self.type_name(class_number)
        return Written(word("type_with_share", language, type=name, n=n, share=share))

    def type_name(self, class_number: int) -> Written:
        """Return the name of a type, or "Class 3" for a class that fits none."""
        type_id = self.tables["classes"].set_index("class")["type"].fillna("")[class_number]
        return Written(escape_markdown(self.labels.type(str(type_id), class_number)))

    def _categories(self, role: str) -> Written:
        table = self.tables["categories"]
        chosen = table[table["role"] == role]
        return self.count(len(chosen[["variable", "category"]].drop_duplicates()))

    def _reliability(self, block: str, which: str) -> Written:
        table = self.tables["reliability"].set_index("block")
        return self.number(float(table[which].loc[block]), decimals=2)
