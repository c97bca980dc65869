"""Where what tells who answered is kept: beside the data, where there is a folder for them."""

from __future__ import annotations

from pathlib import Path

from typology.answers.pseudonyms import private_folder


def test_the_private_folder_is_in_data_where_the_project_has_one(tmp_path: Path) -> None:
    assert private_folder(tmp_path) == tmp_path / "private"
    (tmp_path / "data").mkdir()
    assert private_folder(tmp_path) == tmp_path / "data" / "private"
