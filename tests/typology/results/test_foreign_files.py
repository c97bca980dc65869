"""What lies in a folder of results without being one of them: found, moved, named."""

from __future__ import annotations

from pathlib import Path

import pytest

from typology.files.provenance import make_manifest
from typology.results.foreign_files import foreign_files, move_foreign_files, will_be_kept
from typology.results.run_results import write_json


def results(folder: Path, *names: str) -> Path:
    outputs = [folder / name for name in names or ("tables/axes.csv", "typology.xlsx")]
    for path in outputs:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("ours", encoding="utf-8")
    write_json(
        folder / "manifest.json",
        make_manifest(inputs={}, settings={}, outputs=outputs, root=folder),
    )
    return folder


def add(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("mine", encoding="utf-8")


def found(folder: Path) -> list[str]:
    return [name.as_posix() for name in foreign_files(folder)]


def test_results_alone_have_nothing_of_others(tmp_path: Path) -> None:
    assert found(results(tmp_path)) == []
    assert will_be_kept(tmp_path) == []


def test_a_folder_of_others_is_found_whole_and_a_file_among_results_alone(tmp_path: Path) -> None:
    results(tmp_path)
    add(tmp_path, "thesis/one.txt", "thesis/two/three.txt", "tables/mine.csv", "tables.txt")
    add(tmp_path, "typology.xlsx", "tables/manifest.json", "table/axes.csv")
    assert found(tmp_path) == [
        "table", "tables/manifest.json", "tables/mine.csv", "tables.txt", "thesis",
        "typology.xlsx",
    ]  # fmt: skip


def test_a_folder_without_manifest_is_of_others_wholly(tmp_path: Path) -> None:
    add(tmp_path, "tables/axes.csv", "a.txt")
    assert found(tmp_path) == ["a.txt", "tables"]
    assert will_be_kept(tmp_path) == []


def test_what_will_be_kept_is_said_but_for_what_systems_leave(tmp_path: Path) -> None:
    results(tmp_path)
    add(tmp_path, ".DS_Store", "tables/Thumbs.db", "desktop.ini")
    assert will_be_kept(tmp_path) == []
    add(tmp_path, "a.txt", "tables/b.txt")
    assert [str(told) for told in will_be_kept(tmp_path)] == [
        "Will be kept, for no run wrote them as they are: a.txt, tables/b.txt."
    ]


@pytest.mark.parametrize(("number", "more"), [(10, ""), (11, ", ...")])
def test_ten_files_are_named(tmp_path: Path, number: int, more: str) -> None:
    former, folder = results(tmp_path / "old"), results(tmp_path / "new")
    names = [f"{at:02}.txt" for at in range(number)]
    add(former, *names)
    assert str(will_be_kept(former)[0]).endswith(f": {', '.join(names[:10])}{more}.")
    (told,) = move_foreign_files(former, folder)
    assert told == f"Kept, for no run wrote them: {', '.join(names[:10])}{more}."
    assert all((folder / name).read_text(encoding="utf-8") == "mine" for name in names)


def test_changed_results_go_beside_the_new_ones_and_nothing_is_lost(tmp_path: Path) -> None:
    former, folder = results(tmp_path / "old"), results(tmp_path / "new")
    add(former, "tables/axes.csv", "tables/axes_kept.csv", "tables/axes_kept_2.csv", ".DS_Store")
    (former / "tables" / "axes.csv").write_text("changed", encoding="utf-8")
    kept, renamed = move_foreign_files(former, folder)
    assert kept == ("Kept, for no run wrote them: tables/axes_kept.csv, tables/axes_kept_2.csv.")
    assert renamed == (
        "Changed since they were written, hence kept: tables/axes.csv → tables/axes_kept_3.csv."
    )
    texts = {path.name: path.read_text(encoding="utf-8") for path in (folder / "tables").iterdir()}
    assert texts == {
        "axes.csv": "ours", "axes_kept.csv": "mine", "axes_kept_2.csv": "mine",
        "axes_kept_3.csv": "changed",
    }  # fmt: skip
    assert (folder / ".DS_Store").exists()
    assert found(former) == []


def test_what_lay_deep_among_results_lies_there_again(tmp_path: Path) -> None:
    former, folder = results(tmp_path / "old", "figures/fr/map.svg"), results(tmp_path / "new")
    add(former, "figures/fr/mine.svg", "figures/fr/more/notes.txt", "figures/en/x.svg")
    assert found(former) == ["figures/en", "figures/fr/mine.svg", "figures/fr/more"]
    (told,) = move_foreign_files(former, folder)
    assert told.endswith(": figures/en, figures/fr/mine.svg, figures/fr/more.")
    for name in ("figures/fr/mine.svg", "figures/fr/more/notes.txt", "figures/en/x.svg"):
        assert (folder / name).read_text(encoding="utf-8") == "mine"
    assert found(former) == []


def test_links_are_of_others_and_are_moved_as_links(tmp_path: Path) -> None:
    former, folder = results(tmp_path / "old"), results(tmp_path / "new")
    elsewhere = tmp_path / "elsewhere"
    add(elsewhere, "a.txt")
    (former / "folder").symlink_to(elsewhere, target_is_directory=True)
    (former / "tables" / "nowhere").symlink_to(tmp_path / "none")
    # In the place of a result that is gone: a link to the same contents is no result.
    (former / "typology.xlsx").unlink()
    (former / "typology.xlsx").symlink_to(folder / "typology.xlsx")
    assert found(former) == ["folder", "tables/nowhere", "typology.xlsx"]
    # A name that a link has that leads nowhere is taken too.
    (folder / "folder").symlink_to(tmp_path / "none")
    kept, renamed = move_foreign_files(former, folder)
    assert kept.endswith(": tables/nowhere.")
    assert renamed.endswith(": folder → folder_kept, typology.xlsx → typology_kept.xlsx.")
    assert (folder / "folder_kept").is_symlink()
    assert (folder / "tables" / "nowhere").is_symlink()
    assert (elsewhere / "a.txt").exists()


def test_a_file_that_systems_leave_is_renamed_in_words_where_its_name_is_taken(
    tmp_path: Path,
) -> None:
    former, folder = results(tmp_path / "old"), results(tmp_path / "new")
    add(former, "Thumbs.db")
    add(folder, "Thumbs.db")
    assert [str(told) for told in move_foreign_files(former, folder)] == [
        "Changed since they were written, hence kept: Thumbs.db → Thumbs_kept.db."
    ]
    assert move_foreign_files(former, folder) == []
