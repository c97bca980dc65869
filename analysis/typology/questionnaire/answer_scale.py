"""The scale that items are answered on: its points, "don't know", categories that merge points."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from typology.questionnaire.scale_parts import merge_faults, no_opinion_faults
from typology.questionnaire.scales import Stance, scale_faults, stances
from typology.questionnaire.text import Model, Text, raise_faults

NO_OPINION = "no opinion"
"""The category of those who gave the answer declared under ``no_opinion``."""

CountsAs = Literal["missing", "passive", "category"]

Code = Annotated[int, Field(strict=True)]


class Point(Text):
    """One point of a scale; ``stance`` says what it means when its position does not."""

    code: Annotated[Code, Field(description="Number of the point in the file of answers.")]
    stance: Annotated[
        Stance | None,
        Field(description="What the point says, where its position on the scale does not tell."),
    ] = None


class NoOpinion(Text):
    """An answer offered beside the scale, such as "don't know": it is no degree of agreement.

    ``counts_as`` says what the axes make of it: "missing" (as if not answered), "passive" (a
    category that makes no axis), "category" (one that does, like the others).
    """

    code: Annotated[Code, Field(description="Its number in the file of answers.", examples=[9])]
    counts_as: Annotated[
        CountsAs,
        Field(
            description="missing: as if not answered; passive: a category that makes no axis; "
            "category: one that makes axes like the others. Counted apart in every case."
        ),
    ] = "missing"


class MergedPoints(Text):
    """Neighbouring points of a scale that are one category of the analysis."""

    codes: Annotated[
        tuple[Code, ...],
        Field(min_length=1, description="Points it merges.", examples=[[0, 1, 2, 3]]),
    ]


class Category(Text):
    """One category of the analysis: a point of the scale, or several that are merged.

    ``id`` is the code of a point ("4"), or the first and the last of several ("0..3").
    """

    id: str
    codes: tuple[int, ...]
    stance: Stance


class Scale(Model):
    """An ordered answer scale: the higher the code, the more agreement.

    Written as the list of its points, or as ``points`` with what else it has: ``no_opinion``, an
    answer beside the scale, and ``merge``, the categories that the analysis makes of the points.

    >>> scale = Scale.model_validate(
    ...     [{"code": 1, "en": "No"}, {"code": 2, "en": "Unsure"}, {"code": 3, "en": "Yes"}])
    >>> scale.codes, scale.stance(3), [each.id for each in scale.categories]
    ((1, 2, 3), 'agree', ['1', '2', '3'])
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    points: tuple[Point, ...] = Field(description="From the least to the most agreement.")
    no_opinion: Annotated[
        NoOpinion | None,
        Field(
            description='An answer offered beside the scale: "don\'t know".',
            examples=[{"code": 9, "fr": "Ne sait pas", "en": "Don't know", "counts_as": "passive"}],
        ),
    ] = None
    merge: Annotated[
        tuple[MergedPoints, ...],
        Field(
            description="Categories of the analysis, each of neighbouring points, all of them; "
            "forms, answers to items and reliability keep the points.",
            examples=[[{"codes": [1, 2], "en": "Disagree"}, {"codes": [3, 4], "en": "Agree"}]],
        ),
    ] = ()

    @property
    def codes(self) -> tuple[int, ...]:
        """Return the codes of the points, ascending."""
        return tuple(point.code for point in self.points)

    def label(self, code: int, language: str) -> str:
        """Return the words of a code."""
        return self.point(code).in_(language)

    def labels(self, language: str) -> list[str]:
        """Return the words of all points, in the order of the codes."""
        return [point.in_(language) for point in self.points]

    def point(self, code: int) -> Point:
        """Return the point of a code; KeyError when the scale has none."""
        if code not in self.codes:
            raise KeyError(f"code {code} is not on the scale ({self.codes[0]}-{self.codes[-1]})")
        return self.points[code - self.codes[0]]

    def stance(self, code: int) -> Stance:
        """Return whether a code says "disagree", "neutral" or "agree".

        Its position relative to the middle of the scale says so, unless the point declares it.
        """
        self.point(code)
        return stances(self.points)[code - self.codes[0]]

    @cached_property
    def categories(self) -> tuple[Category, ...]:
        """Return the categories of the analysis, in the order of the scale."""
        if not self.merge:
            return self._point_categories
        return tuple(self._merged(each) for each in self.merge)

    @property
    def _point_categories(self) -> tuple[Category, ...]:
        return tuple(
            Category(fr=each.fr, en=each.en, id=str(each.code), codes=(each.code,), stance=stance)
            for each, stance in zip(self.points, stances(self.points), strict=True)
        )

    def _merged(self, merged: MergedPoints) -> Category:
        codes = merged.codes
        said = {self.stance(code) for code in codes} - {"neutral"}
        name = f"{codes[0]}..{codes[-1]}" if len(codes) > 1 else str(codes[0])
        stance = said.pop() if len(said) == 1 else "neutral"
        return Category(fr=merged.fr, en=merged.en, id=name, codes=codes, stance=stance)

    @cached_property
    def _by_id(self) -> dict[str, Category]:
        return {each.id: each for each in (*self._point_categories, *self.categories)}

    def has_category(self, category: str) -> bool:
        """Return whether this is the id of a category, or the code of a point."""
        return category in self._by_id

    def category(self, category: str) -> Category:
        """Return the category of an id, or the point of a code; KeyError when there is none."""
        return self._by_id[category]

    @model_validator(mode="before")
    @classmethod
    def _list_is_of_points(cls, data: Any) -> Any:
        return data if isinstance(data, Mapping | Scale) else {"points": data}

    @model_validator(mode="after")
    def _is_a_scale(self) -> Scale:
        faults = scale_faults(self.points)
        if not faults:
            faults = no_opinion_faults(self.points, self.no_opinion)
            faults += merge_faults(self.codes, self.merge)
        raise_faults(faults)
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        whole = handler.resolve_ref_schema(handler(core_schema))
        return {"anyOf": [whole["properties"]["points"], whole]}
