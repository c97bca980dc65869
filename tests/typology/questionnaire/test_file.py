"""Which files say what was asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from typology.problems import InputError
from typology.questionnaire.file import is_questionnaire, load_questionnaire


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        ("blocks: []\n", True), ("blocks:\ntitle: x\n", True),
        ("blocks: []\nquestionnaire: q.yml\n", False), ("title: x\n", False),
        ("- blocks\n", False), ("blocks: [\n", False), ("", False),
    ],
)  # fmt: skip
def test_a_file_of_blocks_that_names_no_questionnaire_is_one(
    tmp_path: Path, content: str, is_one: bool
) -> None:
    path = tmp_path / "a.yml"
    path.write_text(content, encoding="utf-8")
    assert is_questionnaire(path) is is_one


def test_a_folder_and_what_is_not_there_are_none(tmp_path: Path) -> None:
    assert not is_questionnaire(tmp_path)
    assert not is_questionnaire(tmp_path / "none.yml")


def test_what_is_wrong_is_told_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "questionnaire.yml"
    path.write_text("title: {en: Coffee}\nlanguages: [en]\nscales: {}\nblocks: []\n")
    with pytest.raises(InputError) as caught:
        load_questionnaire(path)
    assert all(each.where.startswith("questionnaire.yml › ") for each in caught.value.problems)
