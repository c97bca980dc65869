"""Sentences on how the sample resembles its population, and on what weights change."""

from __future__ import annotations

import math

from typology.exhibits.clauses import inside, listed, quoted
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import LEVEL, Tables, is_weighted, text_of
from typology.words.markdown import escape_markdown


def representativeness_sentence(tables: Tables, labels: Labels) -> str:
    """Return where the sample differs from its population, or that it was not compared.

    A margin differs when its Monte Carlo p-value is below 0.05. Illustrative margins are told to
    be. Uses ``representativeness`` and ``representativeness_tests`` where there are any.
    """
    language = labels.language
    if "representativeness" not in tables:
        return labels.word("narrative_no_margins")
    apart, alike = [], []
    for test in tables["representativeness_tests"].to_dict("records"):
        if test["p_monte_carlo"] < LEVEL:
            apart.append(_margin_apart(tables, labels, test["variable"], test["p_monte_carlo"]))
        else:
            p = labels.p(test["p_monte_carlo"], named=True)
            name = _margin(labels, test["variable"])
            alike.append(labels.word("narrative_margin_alike", margin=name, p=p))
    sentences = [
        labels.word(key, list=listed(told, language))
        for key, told in (("narrative_margins_apart", apart), ("narrative_margins_alike", alike))
        if told
    ]
    if illustrative(tables):
        sentences.insert(0, labels.word("narrative_margins_illustrative"))
    else:
        sentences.append(labels.word("narrative_margins_only"))
    return " ".join(sentences)


def weights_sentence(tables: Tables, labels: Labels) -> str:
    """Return whether the results are weighted, with what design effect.

    Uses ``weights_summary`` where there is one.
    """
    if "weights_summary" not in tables:
        sentences = [labels.word("narrative_not_weighted")]
        if "representativeness" in tables:
            sentences.append(labels.word("narrative_cannot_weigh"))
        return " ".join(sentences)
    row = tables["weights_summary"].iloc[0]
    effective = labels.number(row["effective_n"], 0)
    effect = labels.number(row["design_effect"], 2)
    if not row["main"]:
        if math.isnan(row["effective_n"]):
            return labels.word("narrative_not_weighted")
        could = labels.word("narrative_could_weigh", effect=effect, effective=effective)
        return f"{labels.word('narrative_not_weighted')} {could}"
    told = "narrative_weighted"
    if math.isnan(row["smallest_weight"]):
        told = "narrative_weighted_whole"
    if math.isnan(row["effective_n"]):
        told = "narrative_weighted_hidden"
    return labels.word(
        told,
        weights=labels.word("weights", row["weights"]),
        n=labels.number(row["n"], 0),
        effective=effective,
        effect=effect,
        low=labels.number(row["smallest_weight"], 2),
        high=labels.number(row["largest_weight"], 2),
    )


def survey_design_sentence(tables: Tables, labels: Labels) -> str:
    """Return where the tests under the survey design are; "" where the answers tell of none.

    Uses ``survey_shares`` where there is one.
    """
    return labels.word("narrative_survey_design") if "survey_shares" in tables else ""


def weighted_tests_sentence(tables: Tables, labels: Labels) -> str:
    """Return which tests take the place of the usual ones where respondents are weighted; else "".

    Markdown, with its references. Uses ``classes``.
    """
    return labels.word("narrative_weighted_tests") if is_weighted(tables) else ""


def weighting_sentence(tables: Tables, labels: Labels) -> str:
    """Return how far the typology is the same with and without weights; empty without weights.

    Uses ``weighting_comparison`` and ``weighting_agreement`` where there are any.
    """
    if "weighting_comparison" not in tables:
        return ""
    language = labels.language
    table, agreement = tables["weighting_comparison"], tables["weighting_agreement"].iloc[0]
    changes = (table["weighted_share"] - table["unweighted_share"]).abs()
    most = table.iloc[int(changes.argmax())]
    made_up = bool(tables["weights_summary"]["illustrative"].iloc[0])
    return labels.word(
        "narrative_weighting_illustrative" if made_up else "narrative_weighting",
        same=labels.percent(agreement["same_type_share"]),
        rand=labels.number(agreement["adjusted_rand"], 2),
        points=labels.number(changes.max()),
        type=quoted(labels.type(text_of(most["type"]), int(most["class"])), language),
        unweighted=labels.percent(most["unweighted_share"]),
        weighted=labels.percent(most["weighted_share"]),
    )


def representativeness_paragraph(tables: Tables, labels: Labels) -> str:
    """Return the three sentences in a row."""
    told = (representativeness_sentence, weights_sentence, weighting_sentence)
    return " ".join(filter(None, (tell(tables, labels) for tell in told)))


def illustrative(tables: Tables) -> bool:
    """Return whether the margins of the population are made up for the example."""
    named = ("representativeness_tests", "weights_summary")
    return any(bool(tables[each]["illustrative"].any()) for each in named if each in tables)


def _margin(labels: Labels, variable: str) -> str:
    return escape_markdown(inside(labels.short(variable)))


def _margin_apart(tables: Tables, labels: Labels, variable: str, p: float) -> str:
    language = labels.language
    shares = tables["representativeness"]
    own = shares[shares["variable"] == variable]
    most = own.iloc[int(own["difference"].abs().argmax())]
    return labels.word(
        "narrative_margin_apart",
        margin=_margin(labels, variable),
        p=labels.p(p, named=True),
        category=quoted(labels.answer(variable, str(most["category"])), language),
        sample=labels.percent(most["sample_share"]),
        population=labels.percent(most["population_share"]),
    )
