"""The figure of the sample and its population: readable for any margins, and honest."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from reading import cut, overlapping, texts_of, words_of
from rfree.samples.representativeness import compare_with_margins
from typology.exhibits.labels import Labels
from typology.questionnaire import Questionnaire
from typology.weights.figures import sample_and_population, sample_and_population_alt

LONG = "Exercice coordonné en maison de santé pluriprofessionnelle ou en centre de santé"


def made(
    n_margins: int, n_categories: int, *, illustrative: bool, language: str
) -> tuple[pd.DataFrame, pd.DataFrame, Labels]:
    rng = np.random.default_rng(n_margins * 100 + n_categories)
    choices = [{"code": f"c{at}", "fr": f"{LONG} {at}" if at % 2 else f"Choix {at}",
                "en": f"Choice {at}"} for at in range(n_categories)]  # fmt: skip
    questions = [
        {"id": f"q{at}", "type": "single", "fr": "Une question assez longue ?", "en": "Question?",
         "short": {"fr": f"Caractéristique {at}", "en": f"Characteristic {at}"}, "choices": choices}
        for at in range(n_margins)
    ]  # fmt: skip
    item = {"id": "A", "fr": "A", "en": "A"}
    asked = Questionnaire.model_validate(
        {
            "title": {"fr": "t", "en": "t"},
            "scales": {"s": [{"code": at, "fr": str(at), "en": str(at)} for at in (1, 2)]},
            "blocks": [{"id": "b", "scale": "s", "direction": "neutral", "items": [item],
                        "title": {"fr": "b", "en": "b"}}],
            "respondent": questions,
        }
    )  # fmt: skip
    shares, tests = [], []
    for question in questions:
        codes = [choice["code"] for choice in choices]
        population = dict(zip(codes, rng.dirichlet(np.ones(n_categories)), strict=True))
        sample = {code: float(count) for code, count in
                  zip(codes, rng.integers(0, 60, n_categories), strict=True)}  # fmt: skip
        sample[codes[0]] += 5
        found = compare_with_margins(sample, population, replicates=99, seed=1)
        shares.append(found.table.assign(variable=question["id"]))
        tests.append(found.test.assign(variable=question["id"], illustrative=illustrative))
    labels = Labels(asked, language)
    return pd.concat(shares, ignore_index=True), pd.concat(tests, ignore_index=True), labels


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("n_margins", "n_categories"), [(1, 2), (3, 4), (2, 13), (6, 3)])
def test_no_text_overlaps_another_or_is_cut(
    n_margins: int, n_categories: int, language: str
) -> None:
    inputs = made(n_margins, n_categories, illustrative=True, language=language)
    figure = sample_and_population(*inputs, simulated=True)
    texts = texts_of(figure)
    assert overlapping(texts) == []
    assert cut(figure, texts) == []


@pytest.mark.parametrize(("language", "said"), [("fr", "inventés"), ("en", "made up")])
def test_illustrative_figures_are_said_to_be(language: str, said: str) -> None:
    for illustrative in (True, False):
        inputs = made(2, 3, illustrative=illustrative, language=language)
        words = words_of(sample_and_population(*inputs, simulated=True))
        assert (said in " ".join(words.split())) == illustrative
        assert (said in sample_and_population_alt(*inputs)) == illustrative


def test_every_category_is_told_to_those_who_cannot_see_it() -> None:
    shares, tests, labels = made(2, 4, illustrative=False, language="en")
    told = sample_and_population_alt(shares, tests, labels)
    assert told.count("against") == len(shares)
    assert told.endswith(".")


def test_a_table_without_its_columns_is_refused() -> None:
    _, tests, labels = made(1, 2, illustrative=False, language="en")
    with pytest.raises(ValueError, match="lacks the columns"):
        sample_and_population(pd.DataFrame({"variable": ["a"]}), tests, labels)


def test_each_answer_is_where_its_shares_are_and_the_legend_says_by_which_sign() -> None:
    shares, tests, labels = made(2, 3, illustrative=False, language="en")
    figure = sample_and_population(shares, tests, labels)
    panels = [ax for ax in figure.axes if ax.get_title(loc="left")]
    assert [ax.get_title(loc="left") for ax in panels] == ["Characteristic 0", "Characteristic 1"]
    legend = {
        each.get_text(): line
        for owner in (*figure.legends, *(ax.get_legend() for ax in figure.axes if ax.get_legend()))
        for each, line in zip(owner.get_texts(), owner.get_lines(), strict=False)
    }
    signs = {line.get_marker(): line for line in legend.values()}
    assert set(signs) == {"o", "D"}
    for ax, (_, own) in zip(panels, shares.groupby("variable", sort=False), strict=True):
        assert ax.get_ylim() == (2.5, -0.5)
        assert ax.get_axisbelow() is True
        assert [tick.get_text() for tick in ax.get_yticklabels()] == [
            "Choice 0", "Choice 1", "Choice 2",
        ]  # fmt: skip
        marks = [line for line in ax.lines if line.get_marker() in signs]
        for sign, column in (("o", "sample_share"), ("D", "population_share")):
            drawn = [line for line in marks if line.get_marker() == sign]
            assert [line.get_xydata().tolist()[0] for line in drawn] == [
                [share, row] for row, share in enumerate(own[column])
            ]
            for line in drawn:
                told = signs[sign]
                assert line.get_markerfacecolor() == told.get_markerfacecolor()
                assert line.get_markeredgecolor() == told.get_markeredgecolor()
        joined = [line for line in ax.lines if len(line.get_xdata()) == 2]
        assert [list(line.get_xdata()) for line in joined] == own[
            ["population_share", "sample_share"]
        ].to_numpy().tolist()
        assert max(line.get_zorder() for line in joined) < min(line.get_zorder() for line in marks)
        spans = [segment for each in ax.collections for segment in each.get_segments()]
        for row, (span, values) in enumerate(zip(spans, own.to_dict("records"), strict=True)):
            population = values["population_share"]
            np.testing.assert_allclose(
                span, [[population + values["low"], row], [population + values["high"], row]]
            )
        assert not ax.spines["left"].get_visible()
        assert not ax.spines["bottom"].get_visible()
        assert all(tick.tick1line.get_markersize() == 0 for tick in ax.yaxis.get_major_ticks())
        assert all(tick.tick1line.get_markersize() == 0 for tick in ax.xaxis.get_major_ticks())
    low, high = panels[-1].get_xlim()
    highest = float((shares["population_share"] + shares["high"]).max())
    assert low == 0
    assert high % 5 == 0
    assert high - 5 <= max(highest, shares["population_share"].max()) < high or high == 100
