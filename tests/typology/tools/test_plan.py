"""The plan: what is planted, what samples give back of it, from how many respondents on."""

from __future__ import annotations

import signal
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from rfree.classes.partition_agreement import overlap_table
from small_study import Project, questionnaire
from typology.answers.responses import Responses
from typology.files.csv_tables import read_csv
from typology.fit.fitted_typology import fit_typology
from typology.problems import InputError
from typology.tools.plan.criteria import Criteria, reached_sizes
from typology.tools.plan.files import read_positive_numbers, read_sizes, write_plan
from typology.tools.plan.measure import PlanGrid, draw_planted_samples, plan_table
from typology.tools.plan.planted import load_planted
from typology.tools.plan.samples import SampleFound, find_in_sample, right_share
from typology.tools.plan.sentences import answer
from typology.tools.simulate.simulation import simulate_answers

TYPES = [
    {"id": "keen", "en": "the keen", "profile": {"hopes": "very high", "doubts": "very low"}},
    {"id": "torn", "en": "the torn", "profile": {"hopes": "middle", "doubts": "middle"}},
    {"id": "wary", "en": "the wary", "profile": {"hopes": "very low", "doubts": "very high"}},
]
SMALL = PlanGrid(sizes=(40, 80), samples=3, judged=1, seed=5)


def study(folder: Path, **choices: Any) -> Path:
    return Project(folder).write(types=TYPES, **choices)


def test_declared_types_are_planted_where_their_profiles_put_them(tmp_path: Path) -> None:
    planted = load_planted(study(tmp_path))
    assert planted.declared
    centres = {each.id: (each.favourable, each.unfavourable) for each in planted.design.types}
    assert centres == {"keen": (1.875, -1.875), "torn": (0.0, 0.0), "wary": (-1.875, 1.875)}


def test_types_that_differ_on_neutral_blocks_are_planted_there(tmp_path: Path) -> None:
    path = study(tmp_path)
    for block in range(2):
        Project(tmp_path).change(
            "questionnaire.yml", lambda q, at=block: q["blocks"][at].update(direction="neutral")
        )
    planted = load_planted(path)
    blocks = {each.id: each.blocks for each in planted.design.types}
    assert blocks["keen"] == {"hopes": 1.875, "doubts": -1.875}
    responses, types = simulate_answers(planted.questionnaire, design=planted.design, n=300, seed=1)
    means = responses[["H1", "D1"]].astype(float).groupby(types["type"]).mean()
    assert means.loc["keen", "H1"] > means.loc["torn", "H1"] + 0.5 > means.loc["wary", "H1"] + 1
    assert means.loc["keen", "D1"] < means.loc["torn", "D1"] - 0.5 < means.loc["wary", "D1"] - 1


def test_a_design_beside_the_questionnaire_goes_before_declared_types(tmp_path: Path) -> None:
    path = study(tmp_path)
    design = {"types": [{"id": "a", "size": 2, "favourable": 1, "unfavourable": -1},
                        {"id": "b", "size": 1, "favourable": -1, "unfavourable": 1}]}  # fmt: skip
    Project(tmp_path).put("simulation.yml", design)
    assert [each.id for each in load_planted(path).design.types] == ["a", "b"]
    assert load_planted(path).inputs["design"] == tmp_path / "simulation.yml"


def test_separation_moves_types_away_from_their_mean(tmp_path: Path) -> None:
    path = study(tmp_path)
    before = load_planted(path, shares=[1, 1, 2]).design.types
    after = load_planted(path, shares=[1, 1, 2], separation=1.5).design.types
    mean = np.average([each.favourable for each in before], weights=[1, 1, 2])
    for one, other in zip(before, after, strict=True):
        assert other.favourable - mean == pytest.approx(1.5 * (one.favourable - mean))
    moved = np.average([each.favourable for each in after], weights=[1, 1, 2])
    assert moved == pytest.approx(mean)


def test_shares_and_missing_answers_are_those_asked_for(tmp_path: Path) -> None:
    planted = load_planted(study(tmp_path), shares=[70, 20, 10], missing=30)
    responses, types = simulate_answers(
        planted.questionnaire, design=planted.design, n=2000, seed=2, drawn_types=True
    )
    shares = types["type"].value_counts(normalize=True)
    assert shares["keen"] == pytest.approx(0.7, abs=0.04)
    assert shares["wary"] == pytest.approx(0.1, abs=0.03)
    assert responses[["H1", "D2"]].isna().to_numpy().mean() == pytest.approx(0.3, abs=0.03)


@pytest.mark.parametrize(
    ("asked", "told"),
    [({"shares": [1, 2]}, "--shares: found '1, 2', expected 3 sizes, those of keen, torn, wary")],
)
def test_shares_are_one_a_type(tmp_path: Path, asked: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        load_planted(study(tmp_path), **asked)


def test_types_that_answer_alike_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "questionnaire.yml"
    content = questionnaire()
    for block in content["blocks"]:
        block["direction"] = "neutral"
    Project(tmp_path).put("questionnaire.yml", content)
    with pytest.raises(InputError, match="at least two types that differ on an active block"):
        load_planted(path)


def test_a_questionnaire_alone_is_taken_through_the_usual_choices(tmp_path: Path) -> None:
    Project(tmp_path).put("mine.yml", questionnaire())
    planted = load_planted(tmp_path / "mine.yml")
    assert planted.study.choices.classes == 4
    assert planted.study.choices.active == ("hopes", "doubts")
    assert find_in_sample(planted, 60, 0, seed=1, judged=False).made


def test_right_share_is_the_best_of_all_namings() -> None:
    generator = np.random.default_rng(7)
    for _ in range(20):
        planted, found = generator.integers(1, 5, (2, 40))
        planted[:4] = found[:4] = [1, 2, 3, 4]
        best = max(
            np.mean(np.array(naming)[found - 1] == planted) for naming in permutations(range(1, 5))
        )
        assert right_share(overlap_table(planted, found)) == pytest.approx(best)


def test_a_sample_gives_what_the_run_would_find_in_it(tmp_path: Path) -> None:
    """The same axes, classes and suggestion as the run's own stages, whatever chooses classes."""
    for classes in (3, "auto"):
        folder = tmp_path / str(classes)
        folder.mkdir()
        planted = load_planted(study(folder, classes=classes, axes="benzecri >= 0.9"))
        found = find_in_sample(planted, 120, 2, seed=3, judged=False)
        drawn: dict[str, Any] = {}

        def kept(*given: Any, drawn: dict[str, Any] = drawn, **named: Any) -> Any:
            drawn["sample"] = simulate_answers(*given, **named)
            return drawn["sample"]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("typology.tools.plan.samples.simulate_answers", kept)
            assert find_in_sample(planted, 120, 2, seed=3, judged=False) == found
        responses, types = drawn["sample"]
        items = responses.set_index("respondent")[list(planted.questionnaire.items)]
        answers = Responses(planted.questionnaire, items, pd.DataFrame(index=items.index))
        fitted = fit_typology(planted.study, answers)
        assert found.axes == fitted.axes.number
        assert found.suggested == fitted.classes.hcpc.suggested_n_classes_
        own = types.set_index("respondent")["type"].loc[fitted.classes.labels.index]
        overlap = overlap_table(pd.factorize(own)[0] + 1, fitted.classes.labels.to_numpy())
        assert found.right_share == pytest.approx(100 * right_share(overlap))


def test_a_sample_that_makes_no_typology_found_nothing(tmp_path: Path) -> None:
    planted = load_planted(study(tmp_path, passive_below=40))
    found = find_in_sample(planted, 25, 0, seed=1, judged=True)
    assert found == SampleFound(25, 0, False, groups="")


def test_types_far_apart_are_found_and_shown(tmp_path: Path) -> None:
    planted = load_planted(study(tmp_path), separation=2)
    found = find_in_sample(planted, 150, 0, seed=1, judged=True)
    assert found.adjusted_rand > 0.9
    assert found.right_share > 95
    assert found.right_number
    assert found.groups in ("groups", "ordered groups")


def test_types_at_one_place_are_not_found(tmp_path: Path) -> None:
    planted = load_planted(study(tmp_path), separation=0.01)
    found = [find_in_sample(planted, 150, at, seed=1, judged=True) for at in range(2)]
    assert max(abs(each.adjusted_rand) for each in found) < 0.1
    assert [each.groups for each in found] == ["", ""]


def test_a_sample_does_not_depend_on_the_others(tmp_path: Path) -> None:
    planted = load_planted(study(tmp_path))
    few = draw_planted_samples(planted, PlanGrid((40,), 2, 0, 5), n_jobs=1)
    more = draw_planted_samples(planted, SMALL, n_jobs=1)
    pd.testing.assert_frame_equal(
        few.drop(columns="groups"),
        more[(more["respondents"] == 40) & (more["sample"] < 2)].drop(columns="groups"),
    )


def samples(**columns: list[Any]) -> pd.DataFrame:
    n = len(columns["respondents"])
    usual: dict[str, list[Any]] = {
        "sample": list(range(n)), "made": [True] * n, "analysed": [1] * n, "axes": [2] * n,
        "adjusted_rand": [0.5] * n, "right_share": [80.0] * n, "suggested": [4] * n,
        "right_number": [True] * n, "least_jaccard": [0.8] * n, "groups": [None] * n,
    }  # fmt: skip
    return pd.DataFrame(usual | columns)


def test_numbers_of_a_plan_by_hand() -> None:
    """Student's interval of 70, 80, 90: 80 +- 4.3027 * 10 / sqrt(3); Wilson's of 1 in 2."""
    plan = plan_table(
        samples(
            respondents=[100] * 3,
            right_share=[70.0, 80.0, 90.0],
            right_number=[True, False, True],
            groups=["groups", "", None],
        )
    ).set_index("measure")
    assert plan.loc["right", ["value", "low", "high"]].tolist() == pytest.approx(
        [80, 80 - 24.841, 80 + 24.841], abs=1e-3
    )
    assert plan.loc["right", "tenth"] == pytest.approx(72)
    assert plan.loc["number", "value"] == pytest.approx(200 / 3)
    assert plan.loc["groups", ["value", "low", "high", "samples"]].tolist() == pytest.approx(
        [50, 9.4531, 90.5469, 2], abs=1e-3
    )
    assert plan.loc["ordered", "value"] == 0


def test_a_criterion_is_reached_from_the_size_on_at_which_it_holds_for_good() -> None:
    sizes = [100, 200, 300, 400]
    plan = plan_table(
        samples(
            respondents=sizes,
            right_share=[85.0, 70.0, 85.0, 90.0],
            adjusted_rand=[0.7, 0.7, 0.7, 0.7],
            least_jaccard=[0.5, 0.76, 0.8, 0.9],
            right_number=[True, True, True, False],
        )
    )
    reached = reached_sizes(plan, Criteria()).set_index("measure")["respondents"]
    assert reached.drop("number").to_dict() == {
        "right": 300, "rand": 100, "stability": 200, "found": 300,
    }  # fmt: skip
    assert reached.isna().tolist() == [False, False, True, False, False]
    told = answer(plan, reached_sizes(plan, Criteria()), "en")
    assert told[0].startswith("From 300 respondents on, the planted types are found: with 300, 85")
    assert told[1].startswith("With 200 respondents they are not found well enough: 70 ")
    assert "(asked: 80, 0.65 and 0.75)" in told[1]
    assert told[2].startswith("At no size does the tree suggest the right number of classes")


def test_a_criterion_that_no_size_reaches_is_said() -> None:
    plan = plan_table(samples(respondents=[100, 200], least_jaccard=[0.3, 0.4]))
    criteria = reached_sizes(plan, Criteria())
    assert criteria["respondents"].isna().tolist() == [False, True, False, True, True]
    for language, said in (("en", "Even with 200"), ("fr", "Même avec 200")):
        assert answer(plan, criteria, language)[0].startswith(said)


def test_a_plan_is_written_whole_and_the_same_on_any_number_of_cores(tmp_path: Path) -> None:
    path = study(tmp_path)
    for name, cores in (("one", 1), ("two", 2)):
        write_plan(
            path, output=tmp_path / name, grid=SMALL, criteria=Criteria(), language="fr",
            n_jobs=cores,
        )  # fmt: skip
    files = sorted(each.name for each in (tmp_path / "one").iterdir())
    assert files == ["criteria.csv", "manifest.json", "plan.csv", "plan.png", "plan.svg",
                     "plan.txt", "samples.csv"]  # fmt: skip
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    for name in ("plan", "criteria", "samples"):
        assert read_csv(tmp_path / "one" / f"{name}.csv", texts={})["simulated"].all()
    told = (tmp_path / "one" / "plan.txt").read_text(encoding="utf-8")
    assert "Tout est simulé ici" in told
    assert "Ce que ces nombres supposent" in told


def test_without_a_verdict_nothing_is_said_of_groups(tmp_path: Path) -> None:
    grid = PlanGrid((40, 80), 2, 0, 5)
    written = write_plan(study(tmp_path), output=tmp_path / "plan", grid=grid,
                         criteria=Criteria(), n_jobs=1)  # fmt: skip
    assert "groups" not in set(written.plan["measure"])
    assert not any("verdict" in each.casefold() for each in written.answer)


def test_a_plan_that_is_stopped_leaves_the_former_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, output = study(tmp_path), tmp_path / "plan"
    grid = PlanGrid((40,), 2, 0, 5)
    write_plan(path, output=output, grid=grid, criteria=Criteria(), n_jobs=1)
    before = {each.name: each.read_bytes() for each in output.iterdir()}

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt(signal.SIGINT)

    monkeypatch.setattr("typology.tools.plan.files.draw_planted_samples", stop)
    with pytest.raises(KeyboardInterrupt):
        write_plan(path, output=output, grid=grid, criteria=Criteria(), n_jobs=1)
    assert {each.name: each.read_bytes() for each in output.iterdir()} == before
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("100,many", "--sizes: found 'many', expected numbers above 0, separated by commas"),
        ("0,100", "--sizes: found '0', expected numbers above 0"),
        ("", "--sizes: found nothing"),
        ("100.5", "--sizes: found '100.5', expected whole numbers"),
    ],
)
def test_sizes_that_are_none_are_told(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_sizes(text)


def test_sizes_are_read_once_each_in_order() -> None:
    assert read_sizes("300, 100;100") == (100, 300)
    assert read_positive_numbers("20,2.5", "--shares") == [20, 2.5]


def test_sizes_out_of_reach_are_refused_before_anything_is_drawn(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="numbers of respondents from 20 to 5000"):
        write_plan(study(tmp_path), output=tmp_path / "plan", grid=PlanGrid((10, 100)),
                   criteria=Criteria())  # fmt: skip
    assert not (tmp_path / "plan").exists()
