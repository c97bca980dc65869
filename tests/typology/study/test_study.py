from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from rfree.classes import suggested_number
from typology.problems import InputError
from typology.questionnaire.file import load_questionnaire
from typology.study import check_study, load_study, sections, study_language


@pytest.fixture
def content(project: Path) -> dict[str, object]:
    """The study file of this project, as a mapping."""
    loaded: dict[str, object] = yaml.safe_load(
        (project / "analysis" / "study.yml").read_text("utf-8")
    )
    return loaded


def write(folder: Path, content: object) -> Path:
    """Write a study in a project folder of its own, with its files."""
    (folder / "analysis").mkdir(exist_ok=True)
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "margins").mkdir(exist_ok=True)
    names = (
        "questionnaire.yml", "simulated_responses.csv",
        "margins/general_practitioners.yml", "margins/barometer_occitanie.yml",
    )  # fmt: skip
    for name in names:
        (folder / "data" / name).write_text("x", encoding="utf-8")
    for name in ("paper-fr.md", "paper-en.md", "paper.bib"):
        (folder / "analysis" / name).write_text("", encoding="utf-8")
    path = folder / "analysis" / "study.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


def problems_of(path: Path) -> list[str]:
    with pytest.raises(InputError) as raised:
        load_study(path)
    return [str(problem) for problem in raised.value.problems]


def test_the_study_of_this_project_is_valid(project: Path) -> None:
    study = load_study(project / "analysis" / "study.yml")
    questionnaire = load_questionnaire(study.questionnaire_path)
    check_study(study, questionnaire)
    assert len(study.active_items(questionnaire)) == 49
    assert [profile.id for profile in study.profiles] == [
        "reluctant", "mixed", "enthusiastic", "unconditional",
    ]  # fmt: skip


def test_a_folder_leads_to_its_study_file(project: Path) -> None:
    assert load_study(project).path == project / "analysis" / "study.yml"


@pytest.mark.parametrize("name", ["questionnaire", "responses", "margins", "published_sample"])
def test_a_file_that_is_not_there_is_named(
    tmp_path: Path, content: dict[str, object], name: str
) -> None:
    content[name] = "../data/nothing.csv"
    (problem,) = problems_of(write(tmp_path, content))
    assert name in problem
    assert "nothing.csv" in problem
    assert "a file that exists" in problem


@pytest.mark.parametrize("outside", ["../../secret.csv", "/etc/passwd", "../data/../../x.csv"])
def test_a_path_outside_the_project_folder_is_refused(
    tmp_path: Path, content: dict[str, object], outside: str
) -> None:
    content["responses"] = outside
    (problem,) = problems_of(write(tmp_path, content))
    assert "inside the project folder" in problem
    assert "--responses" in problem


def test_results_may_not_replace_the_project_itself(
    tmp_path: Path, content: dict[str, object]
) -> None:
    content["results"] = ".."
    (problem,) = problems_of(write(tmp_path, content))
    assert "results" in problem


def test_an_option_may_name_answers_anywhere(tmp_path: Path, content: dict[str, object]) -> None:
    path = write(tmp_path, content)
    study = load_study(path, responses=Path("/elsewhere/answers.csv"))
    assert study.responses_path == Path("/elsewhere/answers.csv")


def test_every_wrong_choice_is_told_at_once(tmp_path: Path, content: dict[str, object]) -> None:
    content |= {
        "missing": "ignore",
        "axes": "greenacre > 0.8",
        "classes": 1,
        "seed": -1,
        "acitve": ["fears"],
    }
    problems = "\n".join(problems_of(write(tmp_path, content)))
    for expected in (
        "own category", "greenacre >= 0.8", "classes", "seed", "Did you mean 'active'?",
    ):  # fmt: skip
        assert expected in problems


def test_criteria_of_classes_are_those_of_the_statistics() -> None:
    assert sections.CLASS_NUMBER_CRITERIA == suggested_number.CRITERIA


@pytest.mark.parametrize("chosen", ["auto", "within_ratio", "gain_ratio", "krzanowski_lai", 2])
def test_classes_are_a_number_or_what_suggests_it(
    tmp_path: Path, content: dict[str, object], chosen: object
) -> None:
    content["classes"] = chosen
    assert load_study(write(tmp_path, content)).choices.classes == chosen


@pytest.mark.parametrize("wrong", ["krzanowski", "Auto", True, 2.5, 1, [4]])
def test_an_unknown_criterion_of_classes_is_told_with_the_choices(
    tmp_path: Path, content: dict[str, object], wrong: object
) -> None:
    content["classes"] = wrong
    (problem,) = problems_of(write(tmp_path, content))
    assert "a whole number from 2, auto, or one of within_ratio, gain_ratio" in problem


def test_a_level_that_is_none_is_told_with_the_choices(
    tmp_path: Path, content: dict[str, object]
) -> None:
    content["types"] = [{"id": "a", "fr": "a", "en": "a", "profile": {"fears": "huge"}}]
    (problem,) = problems_of(write(tmp_path, content))
    assert "very low, low, middle, high, very high" in problem


def test_a_type_has_a_name(tmp_path: Path, content: dict[str, object]) -> None:
    content["types"] = [{"id": "a", "fr": " ", "en": "", "profile": {"fears": "high"}}]
    (problem,) = problems_of(write(tmp_path, content))
    assert "a name" in problem


def test_a_block_that_the_questionnaire_has_not_is_named(
    tmp_path: Path, content: dict[str, object], project: Path
) -> None:
    content["active"] = ["expectations", "feers"]
    study = load_study(write(tmp_path, content))
    with pytest.raises(InputError) as raised:
        check_study(study, load_questionnaire(project / "data" / "questionnaire.yml"))
    # The profiles that speak of fears are right: only the misspelt name is told.
    assert [problem.value for problem in raised.value.problems] == ["feers"]
    assert "Did you mean 'fears'?" in str(raised.value)


def test_a_profile_on_a_block_that_is_not_active_is_named(
    tmp_path: Path, content: dict[str, object], project: Path
) -> None:
    content["active"] = ["expectations"]
    study = load_study(write(tmp_path, content))
    with pytest.raises(InputError) as raised:
        check_study(study, load_questionnaire(project / "data" / "questionnaire.yml"))
    [problem] = raised.value.problems
    assert problem.value == "fears"
    assert all(profile.id in problem.where for profile in study.profiles)
    assert 'active: ["expectations", "fears"]' in problem.remedy


def test_all_that_the_questionnaire_has_not_is_told_at_once(
    tmp_path: Path, content: dict[str, object], project: Path
) -> None:
    types = [{"id": "a", "fr": "a", "en": "a", "profile": {"fears": "high"}}]
    content |= {
        "active": ["expectations"],
        "types": types,
        "models": {"characteristics": ["aeg"]},
        "subgroups": {"sex": ["nobody"]},
        "short_form": 400,
        "paper": {"subtitle": {"fr": "Un", "en": "One"}},
    }
    study = load_study(write(tmp_path, content))
    asked = load_questionnaire(project / "data" / "questionnaire.yml")
    with pytest.raises(InputError) as raised:
        check_study(study, asked.model_copy(update={"languages": ("en",)}))
    assert [(each.where, each.value) for each in raised.value.problems] == [
        ("study.yml › types › a › profile", "fears"),
        ("study.yml › models › characteristics", "aeg"),
        ("study.yml › subgroups › sex", "nobody"),
        ("study.yml › short_form", "400"),
        ("study.yml › paper › subtitle", "fr"),
    ]
    assert all((each.row, each.column) == ("", "") for each in raised.value.problems)


def test_a_short_form_has_fewer_items_than_the_active_ones(
    tmp_path: Path, content: dict[str, object], project: Path
) -> None:
    # The questionnaire has 53 items, 49 of them in the two active blocks.
    asked = load_questionnaire(project / "data" / "questionnaire.yml")
    content["short_form"] = 48
    check_study(load_study(write(tmp_path, content)), asked)
    content["short_form"] = 49
    study = load_study(write(tmp_path, content))
    with pytest.raises(InputError, match="found '49', expected fewer items than the 49 active"):
        check_study(study, asked)


@pytest.mark.parametrize(
    ("language", "spoken"), [("fr", "fr"), ("en", "en"), ("de", None), (None, "fr")]
)
def test_the_language_of_a_study_is_known_even_if_the_file_has_problems(
    tmp_path: Path, content: dict[str, object], language: str | None, spoken: str | None
) -> None:
    content["axes"] = "many"
    content.pop("language")
    path = write(tmp_path, content if language is None else {**content, "language": language})
    assert study_language(path) == spoken
    assert study_language(tmp_path / "nowhere.yml") is None


def test_a_language_given_replaces_that_of_the_study_file(
    tmp_path: Path, content: dict[str, object]
) -> None:
    content["language"] = "fr"
    assert load_study(write(tmp_path, content), language="en").choices.language == "en"


@pytest.mark.parametrize("text", ["", "- a list", "just words", "a: [1,", "%PDF-1.7"])
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "study.yml"
    path.write_text(text, encoding="utf-8")
    assert problems_of(path)


def test_a_folder_without_a_study_says_what_to_do(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path)
    assert "Give the study file" in problem


@pytest.mark.parametrize(
    ("key", "said", "told"),
    [
        ("active", ["fears", "fears", "expectations"], "each block once"),
        (
            "types",
            [
                {"id": "a", "fr": "Les prêts", "en": "a", "profile": {"fears": "low"}},
                {"id": "b", "fr": "les prets", "en": "b", "profile": {"fears": "high"}},
            ],
            "a name of its own; the type a has the same",
        ),
        (
            "types",
            [
                {"id": "a", "fr": "a", "en": "a", "profile": {"fears": "low"}},
                {"id": "b", "fr": "b", "en": "b", "profile": {"fears": "low"}},
            ],
            "a profile of its own; the type a has the same",
        ),
    ],
)
def test_what_nobody_could_tell_apart_is_refused(
    tmp_path: Path, content: dict[str, object], key: str, said: object, told: str
) -> None:
    content[key] = said
    (problem,) = problems_of(write(tmp_path, content))
    assert told in problem


def test_a_share_of_one_is_no_percentage_of_missing_answers(
    tmp_path: Path, content: dict[str, object]
) -> None:
    content["exclusions"] = {"max_missing_share": 0.5}
    (problem,) = problems_of(write(tmp_path, content))
    assert "a percentage, such as 50" in problem


def all_problems(path: Path) -> str:
    with pytest.raises(InputError) as raised:
        load_study(path, for_checking=True)
    return "\n".join(map(str, raised.value.problems))


def test_a_value_that_is_not_understood_hides_no_other_fault(
    tmp_path: Path, content: dict[str, object]
) -> None:
    content |= {"missing": "passif", "results": "../../elsewhere", "responses": "none.csv",
                "trim_weights": [0.3, 3], "weights": "none"}  # fmt: skip
    told = all_problems(write(tmp_path, content))
    for each in ("missing: found 'passif'", "results: found '../../elsewhere'",
                 "responses: found 'none.csv'", "trim_weights: found '[0.3, 3.0]'",
                 "questionnaire.yml: found a text"):  # fmt: skip
        assert each in told


def test_a_faulty_study_is_held_against_its_questionnaire(
    tmp_path: Path, content: dict[str, object], project: Path
) -> None:
    questionnaire = (project / "data" / "questionnaire.yml").read_text("utf-8")
    content |= {"missing": "passif", "subgroups": {"practise": "alone"}}
    path = write(tmp_path, content)
    (tmp_path / "data" / "questionnaire.yml").write_text(questionnaire, encoding="utf-8")
    assert "subgroups: found 'practise'" in all_problems(path)
    assert "found 'standing" not in all_problems(path)


def test_a_misspelt_block_is_told_beside_a_faulty_questionnaire(
    tmp_path: Path, content: dict[str, object], project: Path
) -> None:
    content |= {"missing": "passif", "active": ["expectations", "fear"]}
    path = write(tmp_path, content)
    questionnaire = yaml.safe_load((project / "data" / "questionnaire.yml").read_text("utf-8"))
    del questionnaire["blocks"][0]["items"][0]["fr"]
    written = yaml.safe_dump(questionnaire)
    (tmp_path / "data" / "questionnaire.yml").write_text(written, encoding="utf-8")
    told = all_problems(path)
    assert "active: found 'fear'" in told
    assert "E01 › fr" in told
    assert "missing: found 'passif'" in told


def test_faulty_active_blocks_are_told_once(
    tmp_path: Path, content: dict[str, object], project: Path
) -> None:
    content |= {"active": "fears"}
    path = write(tmp_path, content)
    questionnaire = (project / "data" / "questionnaire.yml").read_bytes()
    (tmp_path / "data" / "questionnaire.yml").write_bytes(questionnaire)
    assert len(all_problems(path).splitlines()) == 1


@pytest.mark.parametrize("slip", ['"\n', "\nseed: 3\n", "\nx: [1\n", "\n...\nx: 1\n", "\n# \xe9"])
def test_the_language_is_known_whatever_else_cannot_be_read(
    tmp_path: Path, content: dict[str, object], slip: str
) -> None:
    path = write(tmp_path, content)
    for language in ("fr", "en"):
        text = yaml.safe_dump({**content, "language": language}, sort_keys=False)
        path.write_bytes(f'a: "x{slip}{text}'.encode("latin-1"))
        assert study_language(path) == language
