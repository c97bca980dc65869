"""A new study on disk: whole, explained, ready to be checked and run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from typology.cli import command as cli
from typology.files.yaml_files import load_mapping
from typology.problems import InputError
from typology.questionnaire.file import load_questionnaire
from typology.results.checking import check_study_answers
from typology.study import load_study
from typology.study.keys.file_keys import EDITED_FILES, key_groups
from typology.study.keys.schemas import file_schema
from typology.tools.new.files import make_study
from typology.tools.new.new_folder import made_whole
from typology.tools.new.pages import add_missing_pages, document_sources
from typology.tools.new.templates import templates
from typology.tools.new.wished.wishes import Wishes, read_wishes
from typology.words.phrases import in_language

OF_THE_EXAMPLE = re.compile(r"CPTS|SFMG|Occitanie|réticents|inconditionnels|general practitioner")
FILES = {
    "README.md", ".gitignore", "questionnaire.yml", "study.yml", "simulation.yml",
    "simulated_responses.csv", "simulated_types.csv", "documents", "private", "schemas",
}  # fmt: skip


def made(folder: Path, language: str = "en", **options: object) -> Path:
    wishes = read_wishes(**options)  # type: ignore[arg-type]
    return make_study(folder, wishes, language=language).folder


@pytest.mark.parametrize("language", ["fr", "en", "fr,en"])
@pytest.mark.parametrize("template", templates())
def test_a_template_makes_a_study_without_a_problem(
    template: str, language: str, tmp_path: Path
) -> None:
    folder = made(tmp_path / "une étude", template=template, languages=language)
    sheets = {f"data_protection-{each}.md" for each in language.split(",")}
    assert {path.name for path in folder.iterdir()} == FILES | sheets
    questionnaire = load_questionnaire(folder / "questionnaire.yml")
    assert ",".join(questionnaire.languages) == language
    check = check_study_answers(load_study(folder, for_checking=True))
    assert check.responses is not None
    assert check.warnings is not None
    # Of few items, some respondents answer all as somebody else does.
    assert set(check.warnings["warning"]) <= {"identical"}
    assert check.study.choices.simulated
    for path in folder.iterdir():
        if path.is_file():
            assert not OF_THE_EXAMPLE.search(path.read_text(encoding="utf-8")), path.name


def test_nothing_said_makes_the_first_template_in_the_language_of_the_author(
    tmp_path: Path,
) -> None:
    study = make_study(tmp_path / "a", Wishes(), language="fr")
    (notice,) = study.notices  # so that answers piped in are not lost in silence
    assert "modèle expectations-fears" in in_language(notice, "fr")
    questionnaire = load_questionnaire(tmp_path / "a" / "questionnaire.yml")
    assert questionnaire.languages == ("fr",)
    assert len(questionnaire.items) == 20


def test_options_make_blocks_scales_and_types(tmp_path: Path) -> None:
    folder = made(
        tmp_path / "a",
        titles=['Tele: "x" # health'],
        languages="en",
        blocks=["Hopes:favourable:12", "Worries:against:5:frequency 11", "Habits:neutral:2"],
        types="the wary, the divided, the keen",
    )
    questionnaire, study = load_questionnaire(folder / "questionnaire.yml"), load_study(folder)
    assert questionnaire.title.en == study.choices.title.en == 'Tele: "x" # health'
    assert [len(block.items) for block in questionnaire.blocks] == [12, 5, 2]
    assert questionnaire.scale_of("W01").codes == tuple(range(11))
    assert study.choices.active == ("hopes", "worries")
    assert study.choices.classes == 3
    assert {each.id: each.profile for each in study.choices.types} == {
        "wary": {"hopes": "low", "worries": "high"},
        "divided": {"hopes": "middle", "worries": "middle"},
        "keen": {"hopes": "high", "worries": "low"},
    }


def test_titles_that_have_no_letters_or_the_same_ones_still_make_names(tmp_path: Path) -> None:
    folder = made(
        tmp_path / "a", languages="fr", blocks=["Âge", "Âge : les 3 %", "???", "Type", "type"]
    )
    names = [block.id for block in load_questionnaire(folder / "questionnaire.yml").blocks]
    assert len(set(names)) == 5
    assert "age" not in names  # a question has this name


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_key_is_explained_in_the_language_of_the_study(language: str, tmp_path: Path) -> None:
    folder = made(tmp_path / "a", languages=language)
    jsonschema = pytest.importorskip("jsonschema", reason="Schemas are tried with jsonschema.")
    for file in EDITED_FILES:
        text = (folder / f"{file}.yml").read_text(encoding="utf-8")
        told = " ".join(re.sub(r"^ *#+ *", "", line) for line in text.splitlines())
        for group in key_groups(file):
            for key in group.keys:
                if key.name not in ("fr", "en"):
                    assert key.meaning[language] in re.sub(r" +", " ", told), key.name
        validator = jsonschema.Draft202012Validator(file_schema(file))
        content = load_mapping(folder / f"{file}.yml")
        assert [error.message for error in validator.iter_errors(content)] == []
        first = text.splitlines()[0]
        assert (folder / first.split("$schema=")[1]).is_file()


def test_a_key_in_a_comment_can_be_used_by_removing_its_sign(tmp_path: Path) -> None:
    folder = made(tmp_path / "a", languages="en")
    path = folder / "study.yml"
    text = path.read_text(encoding="utf-8")
    used = re.sub(r"^( *)#(?=(?:no_answer|short_form|respondents|decimal_mark):)", r"\1", text,
                  flags=re.MULTILINE)  # fmt: skip
    path.write_text(used, encoding="utf-8")
    choices = load_study(folder).choices
    assert choices.no_answer == ("Don't know",)
    assert choices.short_form == 8
    assert choices.exclusions.respondents == ("R12",)


def test_the_example_is_copied_whole(tmp_path: Path, project: Path) -> None:
    folder = made(tmp_path / "a", example="cpts")
    check = check_study_answers(load_study(folder, for_checking=True))
    assert check.responses is not None
    assert len(check.responses.items) == 312
    own = (project / "data" / "simulated_responses.csv").read_bytes()
    assert (folder / "simulated_responses.csv").read_bytes() == own
    assert "../" not in (folder / "study.yml").read_text(encoding="utf-8")


def test_a_study_is_as_open_to_others_as_the_folder_it_is_in(tmp_path: Path) -> None:
    """Windows keeps what was made in a folder of one user to this user, wherever it is moved."""
    (tmp_path / "any").mkdir()
    with made_whole(tmp_path / "a") as folder:
        assert folder.parent.stat().st_mode == (tmp_path / "any").stat().st_mode


def test_a_folder_with_something_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "thesis.docx").write_bytes(b"mine")
    with pytest.raises(InputError, match=r"a folder that holds thesis\.docx"):
        make_study(folder, Wishes(), language="en")
    assert [path.name for path in tmp_path.rglob("*")] == ["a", "thesis.docx"]
    with pytest.raises(InputError, match="a file, or a place in a file"):
        make_study(folder / "thesis.docx", Wishes(), language="en")
    with pytest.raises(InputError, match="with the sign"):
        make_study(tmp_path / "what?", Wishes(), language="en")


def test_an_empty_folder_is_filled_even_if_one_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".DS_Store").touch()
    monkeypatch.chdir(tmp_path)
    make_study(Path(), Wishes(), language="en")
    assert {path.name for path in tmp_path.iterdir()} == FILES | {
        "data_protection-en.md",
        ".DS_Store",
    }


def test_nothing_is_left_where_something_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("typology.tools.new.files.write_simulation", full)
    with pytest.raises(OSError, match="No space left"):
        make_study(tmp_path / "deep" / "a", Wishes(), language="en")
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_was_made_and_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        cli.main(["new", "mon étude", "--language", "fr"])  # nobody is asked: no terminal
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert "Étude faite : mon étude".replace(" :", "\u00a0:") in told
    assert 'cd "mon étude"' in told
    assert "quarto render documents" in told
    with pytest.raises(SystemExit) as ended:
        cli.main(["new", "mon étude", "--language", "fr"])
    assert ended.value.code == 2
    assert "un dossier qui contient" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        cli.main(["new", "--list", "--language", "en"])
    assert ended.value.code == 0
    told = " ".join(capsys.readouterr().out.split())
    for name, content in templates().items():
        assert f"{name} {content['about_template']['en']}" in told
    assert "Example: cpts the shipped study" in told
    assert (
        told.index("Templates:") < told.index("Example:") < told.index("For example: typology new")
    )


def test_without_a_folder_and_without_a_terminal_it_says_what_to_type(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["new", "--language", "en"])
    assert ended.value.code == 2
    assert "typology new my_study" in " ".join(capsys.readouterr().err.split())


def test_the_documents_are_those_of_the_project(project: Path) -> None:
    sources = document_sources(["fr", "en"])
    assert {
        "_quarto.yml", "index.qmd", "prerender.py", "postrender.py", "journal.typ", "rows_back.lua",
        "references.bib",
    } <= set(sources)  # fmt: skip
    of_the_project = {"instruments.qmd", "instruments-en.qmd", "costs.qmd", "costs-en.qmd"}
    pages = {path.name for path in (project / "quarto").glob("*.qmd")}
    assert pages - set(sources) == of_the_project
    left_out = ("_site", "drawings", "images", "guides")
    assert not [name for name in sources if name.startswith(left_out)]


def test_a_study_of_one_language_has_its_pages_alone_until_it_has_another(tmp_path: Path) -> None:
    both, english = set(document_sources(["fr", "en"])), set(document_sources(["en"]))
    documents = made(tmp_path / "study", languages="en") / "documents"
    there = {path.name for path in documents.glob("[!_]*.qmd")}
    shared = {"index.qmd", "questionnaire.qmd", "short-form.qmd", "explorer.qmd"}
    assert {name for name in there if not name.endswith("-en.qmd")} == shared
    assert add_missing_pages(documents, ["en"]) == ()
    (documents / "checklists-en.qmd").unlink()  # its author wants none
    assert set(add_missing_pages(documents, ["en", "fr"])) == both - english
    assert (documents / "article-fr.qmd").read_bytes() == document_sources(["fr"])["article-fr.qmd"]
    assert add_missing_pages(documents, ["en", "fr"]) == ()
    assert not (documents / "checklists-en.qmd").exists()


def test_an_installed_package_makes_the_same_study(tmp_path: Path, project: Path) -> None:
    """The wheel as pyproject.toml lays it out: no checkout beside it."""
    declared = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = declared["tool"]["hatch"]["build"]["targets"]["wheel"]
    installed = tmp_path / "installed"
    ignored = shutil.ignore_patterns(
        "__pycache__", *(Path(each).name for each in wheel["exclude"]), ".quarto"
    )
    for source, place in wheel["sources"].items():
        shutil.copytree(project / source, installed / place, ignore=ignored, dirs_exist_ok=True)
    for source, place in wheel["force-include"].items():
        (installed / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(project / source, installed / place)
    for name, options, languages in (
        ("of nothing", [], ["en"]), ("of cpts", ["--from", "cpts"], ["fr", "en"]),
    ):  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "typology", "new", name, "--language", "en", *options],
            cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", errors="replace",
            stdin=subprocess.DEVNULL, check=False,
            env={**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        documents = tmp_path / name / "documents"
        assert {path.relative_to(documents).as_posix() for path in documents.rglob("*")
                if path.is_file()} == set(document_sources(languages))  # fmt: skip
