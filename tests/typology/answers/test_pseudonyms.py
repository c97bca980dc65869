"""Pseudonyms: the same of a person in every file, of one project alone, kept in private."""

from __future__ import annotations

import base64
import hashlib
import hmac
from pathlib import Path

import pytest

from typology.answers.pseudonyms import Pseudonyms, private_folder


def of(key: bytes, name: str) -> str:
    """The pseudonym, from its definition (RFC 2104 and RFC 4648)."""
    digest = hmac.new(key, name.encode(), hashlib.sha256).digest()
    return "P-" + base64.b32encode(digest).decode()[:10].lower()


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ann Lee", "annlee"), ("  ANN-LEE ", "annlee"), ("ann.lee", "annlee"),
        ("Ann (Lee)", "annlee"), ("+33 6 12 34 56 78", "0612345678"),
        ("0033612345678", "0612345678"), ("06.12.34.56.78", "0612345678"),
        ("+3361234567", "+3361234567"), ("+336123456789", "+336123456789"),
        ("Straße", "strasse"), ("Zoé", "zoé"), ("", ""),
    ],
)  # fmt: skip
def test_a_name_has_one_pseudonym_however_it_is_written(written: str, folded: str) -> None:
    key = bytes(range(32))
    assert Pseudonyms(Path("x"), key).pseudonym(written) == of(key, folded)


def test_another_project_has_other_pseudonyms(tmp_path: Path) -> None:
    one, other = Pseudonyms.of(tmp_path), Pseudonyms.of(tmp_path)
    assert one.path == tmp_path / "pseudonyms.key"
    assert one.pseudonym("Ann") != other.pseudonym("Ann")
    assert not one.path.exists()
    assert "key=" not in repr(one)


def test_the_key_is_kept_once_where_git_does_not_look(tmp_path: Path) -> None:
    private = tmp_path / "data" / "private"
    made = Pseudonyms.of(private)
    made.keep()
    content = made.path.read_bytes()
    assert (private / ".gitignore").read_bytes() == b"*\n"
    assert len(bytes.fromhex(content.decode().strip())) == 32
    assert content.endswith(b"\n")
    again = Pseudonyms.of(private)
    assert (
        again.pseudonym("Ann")
        == made.pseudonym("Ann")
        == of(bytes.fromhex(content.decode().strip()), "ann")
    )
    Pseudonyms(made.path, b"other").keep()
    assert made.path.read_bytes() == content
    made.path.unlink()
    (private / ".gitignore").write_bytes(b"mine\n")
    made.keep()
    assert (private / ".gitignore").read_bytes() == b"mine\n"


def test_the_private_folder_is_in_data_where_there_is_one(tmp_path: Path) -> None:
    assert private_folder(tmp_path) == tmp_path / "private"
    (tmp_path / "data").write_bytes(b"")
    assert private_folder(tmp_path) == tmp_path / "private"
    (tmp_path / "data").unlink()
    (tmp_path / "data").mkdir()
    assert private_folder(tmp_path) == tmp_path / "data" / "private"
