"""Values on one line of YAML: what is read back is what was written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from typology.files.yaml_limits import PlainLoader
from typology.words.yaml_text import flow_yaml, inline_value, read_yaml, scalar_yaml


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, "true"), (False, "false"), (None, "null"), (3, "3"), (-2, "-2"), (0.5, "0.5"),
        (2.0, "2"), (1234567.0, "1234567.0"), (123456.0, "123456"), (1_000_000, "1000000"),
        (0.123456789, "0.123456789"), (1e-7, "1e-07"), ("Chaud", "Chaud"),
        ("own category", "own category"), ("greenacre >= 0.8", "greenacre >= 0.8"),
        ("data/answers-1.csv", "data/answers-1.csv"), ("none", "none"), ("None", "None"),
        ("yes", '"yes"'), ("No", '"No"'), ("ON", '"ON"'), ("off", '"off"'), ("true", '"true"'),
        ("False", '"False"'), ("null", '"null"'), ("y", '"y"'), ("N", '"N"'), ("nan", '"nan"'),
        ("inf", '"inf"'), ("", '""'), ("3", '"3"'), ("a: b", '"a: b"'), ("é", '"é"'),
        (" a", '" a"'), ("a ", '"a "'), ("a  b", '"a  b"'), ('say "no"', '"say \\"no\\""'),
        ("a\nb", '"a\\nb"'), ("-a", '"-a"'), ("a#b", '"a#b"'),
    ],
)  # fmt: skip
def test_a_value_is_written_plainly_or_in_quotes(value: Any, written: str) -> None:
    assert scalar_yaml(value) == flow_yaml(value) == written
    read = yaml.safe_load(written)
    if not isinstance(value, float):
        assert read == value or value in ("none", "None")
    assert PlainLoader(f"a: {written}").get_single_data()["a"] == value


def test_lists_and_mappings_are_written_on_one_line() -> None:
    value = {"fr": "Chaud", "codes": [1, 0.5], "of": ("a", ["b"]), "no": {"en": "x", "b": None}}
    assert flow_yaml(value) == (
        '{fr: "Chaud", codes: [1, 0.5], of: [a, [b]], "no": {en: "x", b: null}}'
    )
    assert flow_yaml({}) == "{}"
    assert flow_yaml([]) == "[]"


def test_wordings_are_always_in_quotes() -> None:
    assert inline_value("fr", "Chaud") == inline_value("en", "Chaud") == '"Chaud"'
    assert inline_value("id", "Chaud") == "Chaud"
    assert inline_value("fr", 3) == "3"
    assert inline_value("en", {"a": "b"}) == "{a: b}"


def test_yaml_of_the_package_is_read_in_utf_8(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes("a: [é, 1]\n".encode())
    assert read_yaml(tmp_path / "a.yml") == {"a": ["é", 1]}
    (tmp_path / "b.yml").write_text("a: !!python/object:os.system x\n", encoding="utf-8")
    with pytest.raises(yaml.YAMLError):
        read_yaml(tmp_path / "b.yml")
