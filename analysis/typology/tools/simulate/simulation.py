"""Simulated answers to a questionnaire, with planted types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray
from typology.answers.simulation_mark import with_mark
from typology.questionnaire import Question, Questionnaire, Text
from typology.questionnaire.header_names import words_key
from typology.tools.simulate.design import SimulationDesign

SIMULATED_WORDS = {"fr": "réponse simulée", "en": "simulated answer"}
"""What stands for the words of respondents."""
SHARE_WRITING = 0.4
"""Share of the respondents who answer a question in their own words."""

_BASE_RANGE = 1.5  # outermost thresholds, in standard deviations of chance in one answer


def simulate_answers(
    questionnaire: Questionnaire,
    *,
    design: SimulationDesign | None = None,
    n: int | None = None,
    seed: int | None = None,
    drawn_types: bool = False,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return simulated answers, and the planted type of each respondent.

    Parameters
    ----------
    questionnaire : Questionnaire
    design : SimulationDesign or None
        Types, attitudes, levels of the items, answering style, missing answers; the default
        design when None.
    n, seed : int or None
        Used instead of the number of respondents and the seed of the design.
    drawn_types : bool
        Whether the type of each respondent is drawn, as in a sample of a population; otherwise the
        types have the sizes of the design.

    Returns
    -------
    responses : DataFrame, n rows
        ``respondent`` ("R001", ...), then one column an item (code of the scale, or of what it
        offers beside) and one a question (code of the choice, number, date as year-month-day); a
        multiple or rank question has one column a choice, "question:choice" (1 or 0; rank), and
        so have the themes of a text. What follows "Other: ..." is in "question:choice:text".
        Missing answers are ``<NA>``. The last column, "simulated", says that they are.
    types : DataFrame, n rows
        ``respondent`` and ``type``, the id of the planted type.

    Notes
    -----
    With c the centre of the respondent's type, the two attitudes are normal around c, with the
    spread and the correlation of the design. The answer to item j is the number of thresholds
    below ``level_j + loading_j * attitude + acquiescence + noise``, a graded response model
    (Samejima 1969) with probit link; thresholds are stretched or shrunk by the respondent's
    preference for the middle or the ends of the scale. Types are sized in proportion to the
    design, by largest remainder, and their respondents shuffled. The items of a block for which
    types name a centre are answered from an attitude of their own around it.

    Examples
    --------
    >>> from typology.questionnaire.file import questionnaire_from_mapping
    >>> questionnaire = questionnaire_from_mapping({
    ...     "title": {"en": "Coffee"}, "languages": ["en"],
    ...     "scales": {"s": [{"code": 1, "en": "No"}, {"code": 2, "en": "Yes"}]},
    ...     "blocks": [{"id": "hopes", "title": {"en": "Hopes"}, "scale": "s",
    ...                 "direction": "favourable", "items": [{"id": "H1", "en": "It is hot"}]}]})
    >>> responses, types = simulate_answers(questionnaire, n=100, seed=1)
    >>> list(responses.columns), len(responses), types["type"].nunique()
    (['respondent', 'H1', 'simulated'], 100, 4)
    """
    design = design or SimulationDesign()
    n = design.respondents if n is None else n
    if n < 1:
        raise ValueError(f"n is {n}; expected at least 1 respondent.")
    seeds = np.random.SeedSequence(design.seed if seed is None else seed).spawn(6)
    streams = list(map(np.random.default_rng, seeds))
    of_types, of_items, of_questions, of_missing, of_unsure, of_blocks = streams

    type_of = _types(design, n, of_types, drawn=drawn_types)
    attitudes = _attitudes(design, type_of, of_types)
    of_block = _block_attitudes(questionnaire, design, type_of, of_blocks)
    answers: dict[str, object] = {
        **_item_answers(questionnaire, design, (attitudes, of_block), of_items)
    }
    for question in questionnaire.respondent:
        answers |= _question_answers(question, design, type_of, of_questions)
    frame = _with_missing(pd.DataFrame(answers), design, of_missing)
    frame = _with_no_opinion(frame, questionnaire, design, of_unsure)
    frame = _asked_only(frame, design)

    respondent = [f"R{number:0{max(3, len(str(n)))}d}" for number in range(1, n + 1)]
    frame.insert(0, "respondent", respondent)
    names = np.array([each.id for each in design.types], dtype=object)
    return with_mark(frame), pd.DataFrame({"respondent": respondent, "type": names[type_of]})


def _types(design: SimulationDesign, n: int, rng: np.random.Generator, *, drawn: bool) -> IntArray:
    """Return the place of each respondent's type among those of the design."""
    if drawn:
        shares = np.array([each.size for each in design.types], dtype=float)
        types: IntArray = rng.choice(len(shares), n, p=shares / shares.sum())
        return types
    return rng.permutation(np.repeat(np.arange(len(design.types)), _sizes(design, n)))


def _sizes(design: SimulationDesign, n: int) -> IntArray:
    """Return the number of respondents of each type, by largest remainder."""
    shares = np.array([each.size for each in design.types], dtype=float)
    exact = n * shares / shares.sum()
    sizes: IntArray = np.floor(exact + 1e-9).astype(np.int64)
    largest = np.argsort(sizes - exact, kind="stable")[: n - sizes.sum()]
    sizes[largest] += 1
    return sizes


def _attitudes(design: SimulationDesign, type_of: IntArray, rng: np.random.Generator) -> FloatArray:
    """Return the favourable, the unfavourable and the neutral attitude of each respondent."""
    centers = np.array([[each.favourable, each.unfavourable, 0.0] for each in design.types])
    first, second, other = rng.standard_normal((3, len(type_of)))
    crossed = design.correlation * first + np.sqrt(1 - design.correlation**2) * second
    around = design.spread * np.column_stack([first, crossed])
    # Items that speak neither for nor against have an attitude of their own, without types.
    attitudes: FloatArray = centers[type_of] + np.column_stack([around, other])
    return attitudes


def _block_attitudes(
    questionnaire: Questionnaire,
    design: SimulationDesign,
    type_of: IntArray,
    rng: np.random.Generator,
) -> dict[str, FloatArray]:
    """Return the attitude to each block for which a type names a centre of its own.

    Types that name none have that of the block's direction there.
    """
    attitudes = {}
    for block in questionnaire.blocks:
        if not any(block.id in each.blocks for each in design.types):
            continue
        centres = np.array([each.centre(block) for each in design.types])
        around = design.spread * rng.standard_normal(len(type_of))
        attitudes[block.id] = centres[type_of] + around
    return attitudes


def _item_answers(
    questionnaire: Questionnaire,
    design: SimulationDesign,
    given: tuple[FloatArray, dict[str, FloatArray]],
    rng: np.random.Generator,
) -> dict[str, IntArray]:
    """Return the answers to the items from the attitudes by direction and by block."""
    attitudes, of_block = given
    n = len(attitudes)
    yes = design.acquiescence * rng.standard_normal(n)
    stretch = np.exp(design.extremity * rng.standard_normal(n))
    answers = {}
    for block in questionnaire.blocks:
        codes = questionnaire.scales[block.scale].codes
        for item in block.items:
            attitude = attitudes[:, _attitude(block.direction, reverse=item.reversed)]
            loading = rng.uniform(*design.loadings)
            if item.reversed and (block.direction == "neutral" or block.id in of_block):
                loading = -loading
            attitude = of_block.get(block.id, attitude)
            drawn_level = design.level_spread * rng.standard_normal()
            level = design.levels.get(item.id, drawn_level)
            cuts = _thresholds(len(codes), design.threshold_jitter, rng)
            leaning = level + loading * attitude + yes + rng.standard_normal(n)
            passed = leaning[:, None] > stretch[:, None] * cuts
            answers[item.id] = codes[0] + passed.sum(axis=1)
    return answers


def _attitude(direction: str, *, reverse: bool) -> int:
    """Return which attitude an item measures: 0 favourable, 1 unfavourable, 2 neutral."""
    if direction == "neutral":
        return 2
    return int((direction == "unfavourable") != reverse)


def _thresholds(n_points: int, jitter: float, rng: np.random.Generator) -> FloatArray:
    """Return ascending thresholds around 0, evenly spread but for the item's own jitter."""
    even = np.linspace(-_BASE_RANGE, _BASE_RANGE, n_points - 1) if n_points > 2 else np.zeros(1)
    moved: FloatArray = np.sort(even + jitter * rng.standard_normal(n_points - 1))
    moved -= moved.mean()
    return moved


def _question_answers(
    question: Question, design: SimulationDesign, type_of: IntArray, rng: np.random.Generator
) -> dict[str, object]:
    """Return the columns of one question, answered by each type as its portrait says."""
    if question.type == "number":
        return {question.id: _numbers(question, design, type_of, rng)}
    if question.type == "date":
        return {question.id: _dates(question, type_of, rng)}
    if question.type == "text":
        return _texts(question, type_of, rng)
    codes = question.choice_codes
    names = [f"{question.id}:{code}" for code in codes]
    if question.type == "rank":
        order = rng.random((len(type_of), len(codes))).argsort(axis=1) + 1
        return dict(zip(names, order.T, strict=True))
    even = 1 / len(codes)
    portraits = [
        each.portrait.get(question.id, dict.fromkeys(codes, even)) for each in design.types
    ]
    shares = np.array([[portrait.get(code, 0.0) for code in codes] for portrait in portraits])
    if question.type == "multiple":
        chosen = rng.random((len(type_of), len(codes))) < shares[type_of]
        ticks = dict(zip(names, chosen.T.astype(np.int64), strict=True))
        return ticks | _own_words(question, {code: ticks[f"{question.id}:{code}"] == 1
                                             for code in codes})  # fmt: skip
    bounds = np.cumsum(shares, axis=1)[:, :-1]
    position = (rng.random(len(type_of))[:, None] >= bounds[type_of]).sum(axis=1)
    given = np.array(codes, dtype=object)[position]
    return {question.id: given} | _own_words(question, {code: given == code for code in codes})


def _own_words(
    question: Question, chosen: Mapping[str, npt.NDArray[np.bool_]]
) -> dict[str, object]:
    """Return what follows "Other: ...", the same words for all who chose it."""
    words: dict[str, object] = {}
    for choice in question.worded_choices:
        told = SIMULATED_WORDS[_language(choice)]
        said = [told if each else None for each in chosen[choice.code]]
        words[words_key(question.id, choice.code)] = pd.array(said, dtype="string")
    return words


def _texts(question: Question, type_of: IntArray, rng: np.random.Generator) -> dict[str, object]:
    """Return texts where they have themes, each text naming those it is coded under."""
    nothing = pd.array([pd.NA] * len(type_of), dtype="string")
    if not question.themes:
        return {question.id: nothing}
    wrote = rng.random(len(type_of)) < SHARE_WRITING
    about = rng.random((len(type_of), len(question.themes))) < 1 / len(question.themes)
    about[np.arange(len(type_of)), rng.integers(len(question.themes), size=len(type_of))] = True
    language = _language(question)
    names = np.array([theme.in_(language) for theme in question.themes], dtype=object)
    texts = [
        f"{SIMULATED_WORDS[language]}: {', '.join(names[row])}." if writes else None
        for row, writes in zip(about, wrote, strict=True)
    ]
    coded = {
        f"{question.id}:{theme.code}": pd.Series(column, dtype="Int64").where(wrote)
        for theme, column in zip(question.themes, about.T.astype(int), strict=True)
    }
    return {question.id: pd.array(texts, dtype="string"), **coded}


def _language(text: Text) -> str:
    return "fr" if text.fr else "en"


def _dates(question: Question, type_of: IntArray, rng: np.random.Generator) -> object:
    """Return dates within the bounds of the question, or in the year after or before one."""
    first, last = question.earliest, question.latest
    if first is None:
        first = date(2021, 1, 1) if last is None else last - timedelta(days=364)
    if last is None:
        last = first + timedelta(days=364)
    days = rng.integers((last - first).days + 1, size=len(type_of))
    return pd.array(
        [(first + timedelta(days=int(day))).isoformat() for day in days], dtype="string"
    )


def _numbers(
    question: Question, design: SimulationDesign, type_of: IntArray, rng: np.random.Generator
) -> IntArray:
    low = -np.inf if question.min is None else question.min
    high = np.inf if question.max is None else question.max
    middle = (low + high) / 2 if np.isfinite([low, high]).all() else max(low, min(high, 50.0))
    usual = {"mean": middle, "sd": (high - low) / 5 if np.isfinite([low, high]).all() else 10.0}
    portraits = [each.portrait.get(question.id, usual) for each in design.types]
    mean, spread = np.array([[each["mean"], each["sd"]] for each in portraits]).T
    numbers = mean[type_of] + spread[type_of] * rng.standard_normal(len(type_of))
    whole: IntArray = np.clip(np.rint(numbers), low, high).astype(np.int64)
    return whole


def _with_no_opinion(
    answers: pd.DataFrame,
    questionnaire: Questionnaire,
    design: SimulationDesign,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return the answers with some "don't know" where the scale offers it, at random."""
    table = answers.copy()
    for item in questionnaire.items:
        beside = questionnaire.scale_of(item).no_opinion
        if beside is not None:
            unsure = rng.random(len(table)) < design.missing.no_opinion / 100
            table[item] = table[item].mask(unsure & table[item].notna(), beside.code)
    return table


def _asked_only(answers: pd.DataFrame, design: SimulationDesign) -> pd.DataFrame:
    """Return the answers without those of respondents of whom a question is not asked."""
    table = answers.copy()
    for name, conditions in design.asked_of.items():
        asked = np.ones(len(table), dtype=bool)
        for other, choices in conditions.items():
            asked &= answers[other].isin(choices).to_numpy()
        for column in answers:
            if column == name or str(column).startswith(f"{name}:"):
                table[column] = table[column].mask(~asked)
    return table


def _with_missing(
    answers: pd.DataFrame, design: SimulationDesign, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the answers with some left out, at random; numbers become nullable integers."""
    missing = design.missing
    heavy = rng.random(len(answers)) < missing.heavy_respondents / 100
    share = np.where(heavy, missing.heavy_share, missing.everywhere) / 100
    left_out = rng.random(answers.shape) < share[:, None]
    numeric = answers.select_dtypes("number").columns
    return answers.astype(dict.fromkeys(numeric, "Int64")).mask(left_out)
