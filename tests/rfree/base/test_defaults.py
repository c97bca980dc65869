"""What is done when nothing else is asked for: how often, how long, on how many cores."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest

import rfree.axes.n_axes
import rfree.classes.n_classes
import rfree.missing.imputation_axes
import rfree.missing.multiple_imputation
import rfree.other_clusterings.latent_class_choice
import rfree.other_clusterings.latent_classes
import rfree.reality.nulls
import rfree.reality.sensitivity
import rfree.reality.stability
from rfree.axes.n_axes import axes_criteria, parallel_analysis
from rfree.classes.n_classes import classes_criteria
from rfree.missing.imputation_axes import choose_imputation_axes
from rfree.missing.iterative_mca import fill_gaps
from rfree.missing.missing import code_answers, impute_mca
from rfree.missing.multiple_imputation import imputed_membership, multiple_imputation
from rfree.other_clusterings.latent_class_choice import (
    bootstrap_likelihood_ratio,
    choose_latent_classes,
)
from rfree.other_clusterings.latent_classes import fit_latent_classes
from rfree.other_clusterings.sampled_medoids import draw_medoid_samples
from rfree.reality.nulls import null_distributions
from rfree.reality.sensitivity import AlternativeTable, sensitivity_grid
from rfree.reality.stability import bootstrap_stability

RNG = np.random.default_rng(4)
X = pd.DataFrame(
    np.digitize(RNG.normal(size=(24, 1)) + RNG.normal(size=(24, 5)), [-1, 0, 1]) + 1,
    columns=list("abcde"),
).astype(str)
HOLES = X.mask(np.random.default_rng(5).random(X.shape) < 0.2)
CLASSES = np.resize([1, 2, 3], 24)


class Asked(Exception):  # noqa: N818 - it ends the call, nothing is wrong
    """What was asked of the cores."""

    def __init__(self, n_jobs: object, tasks: list[Any]) -> None:
        super().__init__()
        self.n_jobs = n_jobs
        self.tasks = tasks


def asked_of_cores(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, call: Callable[[], object]
) -> Asked:
    """Return what a function asks of joblib, without doing it."""

    def cores(n_jobs: object = None) -> Callable[[Iterable[Any]], object]:
        def refuse(tasks: Iterable[Any]) -> object:
            raise Asked(n_jobs, list(tasks))

        return refuse

    with monkeypatch.context() as patch:
        patch.setattr(module, "Parallel", cores)
        with pytest.raises(Asked) as asked:
            call()
    return asked.value


def asked_of_replicates(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, call: Callable[[], object]
) -> list[tuple[Any, int, dict[str, Any]]]:
    """Return the plan, the number and the options of each series of replicates up to a long one."""
    asked: list[tuple[Any, int, dict[str, Any]]] = []
    real = module.run_replicates

    def run(plan: Any, number: int, **options: Any) -> object:
        asked.append((plan, number, options))
        if number > 1:
            raise Asked(None, [])
        return real(plan, number, **options)

    with monkeypatch.context() as patch:
        patch.setattr(module, "run_replicates", run)
        with pytest.raises(Asked):
            call()
    return asked


def test_axes_are_compared_with_a_hundred_permuted_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = asked_of_cores(monkeypatch, rfree.axes.n_axes, lambda: parallel_analysis(X, seed=1))
    assert (asked.n_jobs, len(asked.tasks)) == (1, 100)


def test_corrected_rates_are_added_up_to_80_and_70() -> None:
    inertia = pd.DataFrame({"eigenvalue": [0.5, 0.4], "benzecri": [60, 40], "greenacre": [50, 30]})
    rates = axes_criteria(inertia, n_variables=3).set_index("criterion")
    assert rates.loc[["benzecri", "greenacre"], "threshold"].tolist() == [80, 70]
    others = axes_criteria(inertia, n_variables=3, benzecri_threshold=60, greenacre_threshold=50)
    assert others["number"].tolist()[-2:] == [1, 1]


def test_classes_are_tried_up_to_ten_with_twenty_tables_of_each_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    points = np.arange(30.0)[:, np.newaxis] ** 1.5
    module = rfree.classes.n_classes
    asked = asked_of_cores(monkeypatch, module, lambda: classes_criteria(points, seed=1))
    assert (asked.n_jobs, len(asked.tasks)) == (1, 20)
    assert asked.tasks[0][1][2] == 10
    # As many resamples as tables of uniform answers come from the same seed.
    children = [task[1][3].spawn_key for task in asked.tasks]
    assert children == [(number,) for number in range(20)]
    kinds: list[int] = []

    def none_of_either(n_jobs: object = None) -> Callable[[Iterable[Any]], list[object]]:
        def count(tasks: Iterable[Any]) -> list[object]:
            kinds.append(len(list(tasks)))
            if len(kinds) == 2:
                raise Asked(n_jobs, [])
            return []

        return count

    monkeypatch.setattr(module, "Parallel", none_of_either)
    with pytest.raises(Asked):
        classes_criteria(points, seed=1)
    assert kinds == [20, 20]


def test_gaps_are_filled_twenty_times(monkeypatch: pytest.MonkeyPatch) -> None:
    module = rfree.missing.multiple_imputation
    asked = asked_of_cores(
        monkeypatch, module, lambda: multiple_imputation(HOLES, n_components=1, seed=1)
    )
    assert (asked.n_jobs, len(asked.tasks)) == (1, 20)
    settings = {"n_components": 1, "max_iterations": 500, "tolerance": 1e-4}
    assert asked.tasks[0][1][3] == settings
    several = multiple_imputation(HOLES, n_components=1, n_imputations=2, seed=1)
    asked = asked_of_cores(
        monkeypatch, module, lambda: imputed_membership(several, CLASSES, n_axes=1)
    )
    assert (asked.n_jobs, len(asked.tasks)) == (1, 2)
    _, coding, chain = asked.tasks[0][1]
    assert (chain.n_axes, chain.n_classes, chain.consolidate) == (1, 3, True)
    assert (coding.keywords["passive"], coding.keywords["blocks"]) == ((), None)
    assert coding.keywords["sample_weight"].tolist() == [1.0] * 24


def test_how_long_gaps_are_filled() -> None:
    answers = code_answers(HOLES)
    gaps = answers.gaps(answers.missing)
    # Nothing is below a tolerance of 0: all iterations are made.
    endless = fill_gaps(gaps, np.ones(24), n_components=1, tolerance=0.0)
    assert (endless.n_iterations, endless.converged) == (1000, False)
    assert impute_mca(HOLES, n_components=1, tolerance=0.0).n_iterations == 1000
    told = {"regularised": True, "max_iterations": 1000, "tolerance": 1e-6}
    usual = fill_gaps(gaps, np.ones(24), n_components=1)
    explicit = fill_gaps(gaps, np.ones(24), n_components=1, **told)  # type: ignore[arg-type]
    np.testing.assert_array_equal(usual.table, explicit.table)
    assert usual.n_iterations == explicit.n_iterations
    one = impute_mca(HOLES, n_components=1)
    other = impute_mca(HOLES, n_components=1, **told)  # type: ignore[arg-type]
    pd.testing.assert_frame_equal(one.fuzzy, other.fuzzy, check_exact=True)


def test_axes_of_imputation_are_tried_up_to_five_in_five_folds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[dict[str, Any]] = []
    module = rfree.missing.imputation_axes
    real = module.fill_gaps

    def recorded(gaps: Any, weights: Any, **options: Any) -> object:
        asked.append(options)
        return real(gaps, weights, **(options | {"max_iterations": 1}))

    monkeypatch.setattr(module, "fill_gaps", recorded)
    found = choose_imputation_axes(X, seed=1)
    assert [each["n_components"] for each in asked] == [*range(6)] * 5
    assert found.table["components"].tolist() == [*range(6)]
    for each in asked:
        assert (each["regularised"], each["max_iterations"], each["tolerance"]) == (True, 200, 1e-4)


def test_a_sample_is_drawn_again_two_hundred_times(monkeypatch: pytest.MonkeyPatch) -> None:
    module = rfree.reality.stability
    ((plan, number, options),) = asked_of_replicates(
        monkeypatch, module, lambda: bootstrap_stability(X, n_axes=1, n_classes=3)
    )
    assert number == 200
    assert (options["n_jobs"], options["progress"]) == (1, None)
    assert (options["seed"].entropy, options["seed"].spawn_key) == (0, (1,))
    assert plan.settings.consolidate is True
    assert plan.table.passive_below == 0
    assert not plan.table.passive.any()
    assert plan.table.weights is None
    assert plan.profiles.shape == (24, 0)
    small = bootstrap_stability(X, n_axes=1, n_classes=3, n_replicates=4)
    assert (small.level, small.n_replicates, small.n_failed) == (0.95, 4, 0)


def test_at_most_499_samples_of_each_null_and_99_in_any_case(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[Any, ...]] = []

    def noted(plan: Any, _: Any, number: int, **options: Any) -> list[Any]:
        asked.append((plan, number, options))
        return [plan(np.random.default_rng(0))]

    monkeypatch.setattr(rfree.reality.nulls, "run_until_decided", noted)
    null_distributions(X, n_axes=1, n_classes=3)
    # The first population without gaps is not beaten here: the others are described.
    assert [each[1] for each in asked] == [499] * 3 + [99] * 7
    for plan, _, options in asked:
        assert (options["enough"], options["at_least"]) == (20, 99)
        assert (options["n_jobs"], options["progress"]) == (1, None)
        assert plan.settings.consolidate is True
        assert plan.table.passive_below == 0
        assert plan.table.weights is None
    assert sorted(plan.n_resamples for plan, *_ in asked) == [*[0] * 9, 1]
    assert {each[2]["seed"].spawn_key for each in asked} == {(2, number) for number in range(1, 11)}


def test_choices_are_tried_with_and_without_consolidation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    study, tables = (
        pd.Series(CLASSES),
        [AlternativeTable({}, X), AlternativeTable({}, X[["a", "b"]])],
    )
    asked = asked_of_cores(
        monkeypatch, rfree.reality.sensitivity,
        lambda: sensitivity_grid(tables, study, n_axes=[1, 2], n_classes=[2, 3]),
    )  # fmt: skip
    assert (asked.n_jobs, len(asked.tasks)) == (1, 2)
    _, reference, weighed, names, choices = asked.tasks[1][1]
    assert reference.tolist() == CLASSES.tolist()
    assert (weighed == 1).all(axis=None)
    assert names.tolist() == [1, 2, 3]
    assert (choices.n_axes, choices.n_classes) == ((1, 2), (2, 3))
    assert (choices.consolidated, choices.thorough) == ((True, False), True)
    assert AlternativeTable({}, X).passive == ()


def test_latent_classes_are_tried_up_to_seven_from_fifty_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = rfree.other_clusterings.latent_class_choice
    asked = asked_of_cores(monkeypatch, module, lambda: choose_latent_classes(X, seed=1))
    assert asked.n_jobs == 1
    assert [positional[1] for _, positional, _ in asked.tasks] == [*range(1, 8)]
    for number, (_, _, options) in enumerate(asked.tasks):
        assert (options["starts"], options["thorough"]) == (50, True)
        assert (options["sample_weight"], options["frequencies"]) == (None, False)
        assert options["seed"].spawn_key == (number,)


def test_numbers_of_latent_classes_are_tested_with_39_samples_of_ten_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = rfree.other_clusterings.latent_class_choice
    asked = asked_of_cores(monkeypatch, module, lambda: bootstrap_likelihood_ratio(X, 2, seed=1))
    assert (asked.n_jobs, len(asked.tasks)) == (1, 39)
    search = {"starts": 10, "max_iterations": 500, "tolerance": 1e-3}
    assert asked.tasks[0][1][3] == search
    assert [task[1][4].spawn_key for task in asked.tasks] == [(number,) for number in range(1, 40)]
    options: list[dict[str, Any]] = []

    def test(*_: object, **given: Any) -> object:
        options.append(given)
        raise Asked(None, [])

    monkeypatch.setattr(module, "bootstrap_likelihood_ratio", test)
    with pytest.raises(Asked):
        choose_latent_classes(X, seed=1, max_classes=2, starts=2)
    (given,) = options
    assert given.pop("seed").spawn_key == (3,)
    assert given == {
        "replicates": 39, "starts": 10, "sample_weight": None, "frequencies": False, "n_jobs": 1,
    }  # fmt: skip


def test_how_long_latent_classes_are_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    options: list[dict[str, Any]] = []

    def search(*_: object, **given: Any) -> object:
        options.append(given)
        raise Asked(None, [])

    monkeypatch.setattr(rfree.other_clusterings.latent_classes, "search", search)
    with pytest.raises(Asked):
        fit_latent_classes(X, 2, seed=1)
    assert options == [
        {"starts": 50, "max_searches": 3, "thorough": True, "max_iterations": 2000,
         "tolerance": 1e-6}
    ]  # fmt: skip


def test_medoids_are_looked_for_in_five_samples_of_a_thousand() -> None:
    drawn = draw_medoid_samples(1200, seed=1)
    assert [len(rows) for rows in drawn] == [1000] * 5
    for rows in drawn:
        assert (np.diff(rows) > 0).all()
    assert len({tuple(rows) for rows in drawn}) == 5
    few = draw_medoid_samples(5, seed=1, sample_size=3, samples=2)
    assert [len(rows) for rows in few] == [3, 3]
