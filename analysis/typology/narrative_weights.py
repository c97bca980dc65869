"""Sentences on how the sample resembles its population, and on what weights change."""

from __future__ import annotations

from typology.findings import Tables, text_of
from typology.labels import Labels
from typology.narrative_phrases import inside, listed, quoted
from typology.tables.markdown import escape_markdown
from typology.words import number, p_value, percent, word

LEVEL = 0.05


def representativeness_sentence(tables: Tables, labels: Labels) -> str:
    """Return where the sample differs from its population, or that it was not compared.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``representativeness`` and ``representativeness_tests`` where there are any.
    labels : Labels

    Returns
    -------
    str
        A margin differs when its Monte Carlo p-value is below 0.05. Illustrative margins are told
        to be.
    """
    language = labels.language
    if "representativeness" not in tables:
        return word("narrative_no_margins", language)
    apart, alike = [], []
    for test in tables["representativeness_tests"].to_dict("records"):
        if test["p_monte_carlo"] < LEVEL:
            apart.append(_margin_apart(tables, labels, test["variable"], test["p_monte_carlo"]))
        else:
            p = p_value(test["p_monte_carlo"], language, named=True)
            name = _margin(labels, test["variable"])
            alike.append(word("narrative_margin_alike", language, margin=name, p=p))
    sentences = [
        word(key, language, list=listed(told, language))
        for key, told in (("narrative_margins_apart", apart), ("narrative_margins_alike", alike))
        if told
    ]
    if illustrative(tables):
        sentences.insert(0, word("narrative_margins_illustrative", language))
    else:
        sentences.append(word("narrative_margins_only", language))
    return " ".join(sentences)


def weights_sentence(tables: Tables, labels: Labels) -> str:
    """Return whether the results are weighted, with what design effect.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``weights_summary`` where there is one.
    labels : Labels

    Returns
    -------
    str
    """
    language = labels.language
    if "weights_summary" not in tables:
        sentences = [word("narrative_not_weighted", language)]
        if "representativeness" in tables:
            sentences.append(word("narrative_cannot_weigh", language))
        return " ".join(sentences)
    row = tables["weights_summary"].iloc[0]
    effective = number(row["effective_n"], language, 0)
    effect = number(row["design_effect"], language, 2)
    if not row["main"]:
        could = word("narrative_could_weigh", language, effect=effect, effective=effective)
        return f"{word('narrative_not_weighted', language)} {could}"
    return word(
        "narrative_weighted",
        language,
        weights=word(f"weights_{row['weights']}", language),
        n=number(row["n"], language, 0),
        effective=effective,
        effect=effect,
        low=number(row["smallest_weight"], language, 2),
        high=number(row["largest_weight"], language, 2),
    )


def weighting_sentence(tables: Tables, labels: Labels) -> str:
    """Return how far the typology is the same with and without weights; empty without weights.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``weighting_comparison`` and ``weighting_agreement`` where there are any.
    labels : Labels

    Returns
    -------
    str
    """
    if "weighting_comparison" not in tables:
        return ""
    language = labels.language
    table, agreement = tables["weighting_comparison"], tables["weighting_agreement"].iloc[0]
    changes = (table["weighted_share"] - table["unweighted_share"]).abs()
    most = table.iloc[int(changes.argmax())]
    made_up = bool(tables["weights_summary"]["illustrative"].iloc[0])
    return word(
        "narrative_weighting_illustrative" if made_up else "narrative_weighting",
        language,
        same=percent(agreement["same_type_share"], language),
        rand=number(agreement["adjusted_rand"], language, 2),
        points=number(changes.max(), language),
        type=quoted(labels.type(text_of(most["type"]), int(most["class"])), language),
        unweighted=percent(most["unweighted_share"], language),
        weighted=percent(most["weighted_share"], language),
    )


def representativeness_paragraph(tables: Tables, labels: Labels) -> str:
    """Return the three sentences in a row.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
    labels : Labels

    Returns
    -------
    str
    """
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
    return word(
        "narrative_margin_apart",
        language,
        margin=_margin(labels, variable),
        p=p_value(p, language, named=True),
        category=quoted(labels.answer(variable, str(most["category"])), language),
        sample=percent(most["sample_share"], language),
        population=percent(most["population_share"], language),
    )
