"""Comparing waves or groups from files: read, compared, written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from typology.answers.responses import Responses
from typology.answers.simulated_answers import settled_study
from typology.exhibits.canvas.saving import save_figure
from typology.exhibits.labels import Labels
from typology.files.output_places import is_same
from typology.files.provenance import COMPARISON, make_manifest
from typology.fit.fitted_typology import FittedTypology, fit_typology
from typology.fit.respondent_weights import respondent_weights
from typology.problems import InputError, Problem
from typology.questionnaire.characteristics import NO_ANSWER, characteristic_categories
from typology.results.checking import read_study, study_pseudonyms
from typology.results.disclosure.blanks import HIDDEN_COLUMN
from typology.results.model_file import item_content
from typology.results.replaced_folder import replaced_folder
from typology.results.run_results import (
    FIGURES,
    MANIFEST,
    write_json,
    write_tables,
)
from typology.study import Study, load_study
from typology.study.paths import resolved
from typology.tools.assign.assignment import check_same_questionnaire
from typology.tools.compare.comparison import Comparison, Sample, compare_samples
from typology.tools.compare.design import analysed_pairs, design_notices, find_design
from typology.tools.compare.figures import type_change, type_change_alt
from typology.tools.compare.published import published_comparison
from typology.tools.questionnaire_versions.notices import version_notices
from typology.tools.questionnaire_versions.table import version_changes_table
from typology.tools.questionnaire_versions.versions import compare_versions
from typology.words.phrases import Phrase, all_of, phrase
from typology.words.spelling import did_you_mean
from typology.words.visible_text import visible

STUDY_ENDINGS = (".yml", ".yaml")


@dataclass(frozen=True)
class Compared:
    """A comparison, the folder written, and what was decided while reading.

    ``hidden_rows``: of how many rows of the tables written something is hidden.
    """

    comparison: Comparison
    labels: Labels
    notices: tuple[str, ...]
    output: Path
    hidden_rows: int


def compare_waves(
    first: Path,
    second: Path,
    *,
    study: Path,
    output: Path,
    language: str | None,
    panel: bool = False,
    independent: bool = False,
) -> Compared:
    """Compare a second wave with a first one, in the types of the first.

    Parameters
    ----------
    first, second : Path
        Each a study (file or folder), or a file of answers to the questionnaire of ``study``.
    study : Path
        Whose choices and questionnaire are used for files of answers; the respondents that it
        leaves out by their names are those of its own file alone.
    output : Path
        Folder to write.
    language : {"fr", "en"} or None
        None: that of the study.
    panel, independent : bool
        Whether the two waves asked the same people, or different people whatever their
        identifiers. By default the identifiers tell, see
        `typology.tools.compare.respondent_matching`.

    Raises
    ------
    InputError
        With everything wrong with the files, or if it is not clear whether respondents with the
        same identifier are the same people.
    """
    studies = [_study_of(path, study, language) for path in (first, second)]
    _refuse_one_file_twice(studies)
    inputs = {
        f"{role} {name}": path
        for role, each in zip(("first", "second"), studies, strict=True)
        for name, path in each.inputs.items()
    }
    with replaced_folder(output, made_by=COMPARISON, inputs=inputs.values()) as replacement:
        study_read, comparison, notices = _waves(studies, panel=panel, independent=independent)
        labels, hidden = _write(comparison, study_read, inputs, replacement.folder, settings={})
    return Compared(comparison, labels, (*notices, *replacement.notices), output, hidden)


def _waves(
    studies: Sequence[Study], *, panel: bool, independent: bool
) -> tuple[Study, Comparison, tuple[str, ...]]:
    # One key for both: the same person has the same pseudonym in the two waves.
    pseudonyms = study_pseudonyms(studies[0])
    read = [read_study(each, pseudonyms)[1] for each in studies]
    studies = [settled_study(*each) for each in zip(studies, read, strict=True)]
    design = find_design(read[0], read[1], panel=panel, independent=independent)
    reference = fit_typology(studies[0], read[0])
    active = list(reference.active.categories.columns)
    asked = {"items": [item_content(reference.questionnaire, item) for item in active]}
    versions = compare_versions(reference.questionnaire, read[1].questionnaire)
    try:
        notices = check_same_questionnaire(
            asked, read[1].questionnaire, where=studies[1].questionnaire_path.name
        )
    except InputError as error:
        noticed = (*error.notices, *version_notices(versions, active))
        raise InputError(error.problems, notices=noticed) from None
    notices = (*notices, *version_notices(versions, active))
    counted, weights = _weighed(studies[1], read[1])
    own, told = _own_typology(reference, counted, weights)
    names = _names(studies)
    pairs = analysed_pairs(design, reference.items.index, counted.items.index)
    comparison = compare_samples(
        reference,
        Sample(names[0], reference.given, reference, reference.sample_weight),
        Sample(names[1], counted.items, own, np.asarray(weights, dtype=np.float64)),
        pairs=pairs,
    )
    told = (
        *_same_answers(*read),
        *told,
        *design_notices(design, comparison.tables["comparison_test"]),
    )
    if versions.changed:
        changes = version_changes_table(versions, studies[0].choices.language)
        tables = comparison.tables | {"questionnaire_changes": changes}
        comparison = replace(comparison, tables=tables)
    return studies[0], comparison, (*notices, *told)


def compare_groups(
    answers: Path,
    *,
    study: Path,
    group: str,
    categories: Sequence[str | None],
    output: Path,
    language: str | None,
) -> Compared:
    """Compare two groups of respondents of one study, in the types of the whole.

    Parameters
    ----------
    answers, study, output, language
        As for :func:`compare_waves`.
    group : str
        A question on the respondent with choices, or a number in bands.
    categories : two codes or None
        Which answers make the groups; None where the question has two.

    Raises
    ------
    InputError
        With everything wrong with the files, or if there is no such question or answer.
    """
    loaded = _study_of(answers, study, language)
    inputs = loaded.inputs
    with replaced_folder(output, made_by=COMPARISON, inputs=inputs.values()) as replacement:
        comparison, notices, chosen = _group_samples(loaded, group, categories)
        settings = {"group": group, "categories": list(chosen)}
        labels, hidden = _write(
            comparison, comparison.reference.study, inputs, replacement.folder, settings=settings
        )
    return Compared(comparison, labels, (*notices, *replacement.notices), output, hidden)


def _group_samples(
    study: Study, group: str, categories: Sequence[str | None]
) -> tuple[Comparison, list[str], tuple[str, str]]:
    questionnaire, responses = read_study(study)
    study = settled_study(study, responses)
    answered = characteristic_categories(questionnaire, responses.respondent)
    chosen = _groups(answered, group, categories)
    reference = fit_typology(study, responses)
    labels = Labels(questionnaire, study.choices.language, study.type_names)
    weights = pd.Series(reference.sample_weight, index=reference.items.index)
    notices: list[str] = []
    samples = []
    for category in chosen:
        members = reference.items.index.intersection(
            answered.index[answered[group] == category], sort=False
        )
        part, own_weights = responses.of(members), weights.loc[members]
        own, told = _own_typology(reference, part, own_weights)
        notices += told
        name = labels.answer(group, category)
        values = np.asarray(own_weights, dtype=np.float64)
        samples.append(Sample(name, part.items, own, values))
    return compare_samples(reference, samples[0], samples[1]), notices, chosen


def _study_of(path: Path, study: Path, language: str | None) -> Study:
    if path.is_dir() or path.suffix.casefold() in STUDY_ENDINGS:
        return load_study(path, language=language)
    loaded = load_study(study, responses=path, language=language)
    own = loaded.choices.responses
    if own is not None and is_same(resolved(loaded.path, own), path):
        return loaded
    # The respondents that a study file names are those of its own answers.
    exclusions = loaded.choices.exclusions.model_copy(update={"respondents": ()})
    return replace(loaded, choices=loaded.choices.model_copy(update={"exclusions": exclusions}))


def _refuse_one_file_twice(studies: Sequence[Study]) -> None:
    first, second = (each.inputs.get("responses") for each in studies)
    if first is None or second is None or not is_same(first, second):
        return
    found, expected = phrase("the same file twice"), phrase("the answers of two waves")
    remedy = phrase("Give the file of the second wave, or compare two groups with --group.")
    raise InputError(Problem("", "", found, expected, remedy, first.name))


def _same_answers(first: Responses, second: Responses) -> tuple[Phrase, ...]:
    """Return that two files hold the same respondents with the same answers, if they do."""
    if not first.items.sort_index().equals(second.items.sort_index()):
        return ()
    return (
        phrase(
            "{first} and {second} hold the same respondents with the same answers: nothing can be "
            "found to change. Check that the second is not a copy of the first.",
            first=first.source,
            second=second.source,
        ),
    )


def _weighed(study: Study, responses: Responses) -> tuple[Responses, pd.Series[Any]]:
    """Return the respondents who weigh something, and what."""
    index = responses.items.index
    if responses.weights is not None:
        index = index[responses.weights.to_numpy() > 0]
    weights = respondent_weights(study, responses, index).sample_weight
    return responses.of(index), pd.Series(weights, index=index)


def _own_typology(
    reference: FittedTypology, responses: Responses, weights: pd.Series[Any]
) -> tuple[FittedTypology | None, tuple[str, ...]]:
    """Make the typology of a sample alone, under the choices of the reference."""
    try:
        return fit_typology(reference.study, responses, weights=weights), ()
    except InputError as error:
        told = phrase(
            "No typology can be made from {count} of these respondents alone: {problem}",
            count=len(responses.items),
            problem=error.problems[0].expected,
        )
        return None, (told,)


def _names(studies: Sequence[Study]) -> list[str]:
    """Return what to call the waves: their files, or else their folders, else A and B."""
    paths = [each.inputs["responses"] for each in studies]
    names = [visible(path.stem) for path in paths]
    if names[0] == names[1]:
        names = [visible(path.resolve().parent.name) for path in paths]
    return names if names[0] != names[1] else ["A", "B"]


def _groups(
    answered: pd.DataFrame, group: str, categories: Sequence[str | None]
) -> tuple[str, str]:
    if group not in answered:
        known = [str(name) for name in answered.columns]
        expected = phrase("a question on the respondent ({names})", names=all_of(known))
        remedy = did_you_mean(group, known) or (
            phrase("Name one of these questions.")
            if known
            else phrase("Give a second file, or the option --group.")
        )
        raise InputError(Problem("", "", group, expected, remedy, "--group"))
    # In the order of the questionnaire.
    given = answered[group].cat.remove_unused_categories().cat.categories
    known = [str(each) for each in given if each != NO_ANSWER]
    options = ("--first", "--second")
    if len(known) == 2 and None in categories:
        taken = [each for each in categories if each is not None]
        left = [each for each in known if each not in taken]
        categories = [each or left.pop(0) for each in categories] if left else categories
    problems = [
        Problem(
            "", "", each or "",
            phrase("an answer to {question} ({names})", question=group, names=all_of(known)),
            phrase("Name the two groups with --first and --second."), option,
        )
        for option, each in zip(options, categories, strict=True)
        if each not in known
    ]  # fmt: skip
    if not problems and categories[0] == categories[1]:
        expected = phrase("two different groups")
        remedy = phrase("Name the two groups with --first and --second.")
        problems = [Problem("", "", str(categories[1]), expected, remedy, "--second")]
    if problems:
        raise InputError(problems)
    return str(categories[0]), str(categories[1])


def _write(
    comparison: Comparison,
    study: Study,
    inputs: Mapping[str, Path],
    folder: Path,
    *,
    settings: Mapping[str, object],
) -> tuple[Labels, int]:
    """Write the tables, the figure and the manifest.

    Returns the words of the figure, and of how many rows something is hidden.
    """
    labels = Labels(comparison.reference.questionnaire, study.choices.language, study.type_names)
    names = (comparison.first.name, comparison.second.name)
    smallest = study.choices.disclosure.smallest_cell
    leaving = published_comparison(comparison, smallest=smallest)
    shares = leaving["comparison_shares"].dropna(subset=["share_first", "share_second"])
    tables = write_tables(folder, leaving)
    (folder / FIGURES).mkdir()
    panel = comparison.tables["comparison_test"]["design"].iloc[0] == "panel"
    figures: tuple[Path, ...] = ()
    if len(shares):
        figure = type_change(
            shares, labels, names=names, panel=panel, simulated=study.choices.simulated
        )
        alt = type_change_alt(shares, labels, names=names)
        figures = save_figure(figure, folder / FIGURES / "change", alt=alt)
    manifest = make_manifest(
        inputs=inputs,
        settings={**study.settings(), **settings},
        outputs=[*tables, *figures],
        root=folder,
        made_by=COMPARISON,
    )
    write_json(folder / MANIFEST, manifest)
    hidden = sum(int(table[HIDDEN_COLUMN].sum()) for table in leaving.values()
                 if HIDDEN_COLUMN in table)  # fmt: skip
    return labels, hidden
