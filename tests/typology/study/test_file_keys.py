"""The keys of the files people edit: each has its meaning, its example, its place in a schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pydantic
import pytest
from pydantic import TypeAdapter

from typology.files.yaml_files import load_mapping
from typology.study.keys.file_keys import (
    EDITED_FILES,
    FileKey,
    key_groups,
    keys_of,
    models_in,
)
from typology.study.keys.schemas import (
    SCHEMA_FOLDER,
    file_schema,
    schema_name,
    schema_text,
    write_schemas,
)
from typology.words.key_meanings import key_meanings

PROJECT = Path(__file__).parents[3]
WRITTEN = {
    "study": ["analysis/study.yml", "tests/bfi_study/study.yml"],
    "questionnaire": ["data/questionnaire.yml", "tests/bfi_study/questionnaire.yml"],
}


def every_model(model: type[Any]) -> set[type[Any]]:
    inner = {each for field in model.model_fields.values() for each in models_in(field.annotation)}
    return {model} | {deeper for each in inner for deeper in every_model(each)}


MODELS = {each for model in EDITED_FILES.values() for each in every_model(model)}
KEYS = {
    f"{model.__name__}.{key.name}": key
    for model in sorted(MODELS, key=lambda each: each.__name__)
    for key in keys_of(model)
}


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_every_key_has_its_meaning_in_both_languages_and_an_example_that_is_valid(
    key: FileKey,
) -> None:
    for language in ("fr", "en"):
        assert key.meaning[language].endswith((".", "?", "!")), language
        assert "\u00a0" not in key.meaning[language], "type ordinary spaces"
    assert key.meaning["fr"] != key.meaning["en"]
    assert key.example not in (None, "", [], {})
    TypeAdapter(key.annotation).validate_python(key.example)


def _written(model: type[Any]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


def test_no_meaning_is_left_over() -> None:
    declared = {
        (each.__name__, name) for model in MODELS for each in model.__mro__[:-1]
        if hasattr(each, "model_fields") for name in _written(each)
    }  # fmt: skip
    of_models = {model for model, _ in declared}
    told = {
        (model, name)
        for model, keys in key_meanings().items()
        if model in of_models
        for name in keys
    }
    assert told <= declared


def test_keys_are_grouped_below_those_that_hold_them() -> None:
    places = [group.place for group in key_groups("study")]
    assert places[0] == ()
    assert ("exclusions",) in places
    assert all(place[:-1] in places for place in places[1:])
    assert [key.name for key in keys_of(EDITED_FILES["study"]) for _ in key.models] == [
        place[0] for place in places if len(place) == 1
    ]


@pytest.mark.parametrize("file", EDITED_FILES)
def test_the_committed_schemas_are_current(file: str) -> None:
    if tuple(map(int, pydantic.VERSION.split(".")[:2])) < (2, 12):
        pytest.skip("Earlier versions of pydantic write the same schema otherwise.")
    committed = (SCHEMA_FOLDER / schema_name(file)).read_text(encoding="utf-8")
    assert committed == schema_text(file), "write them again: typology schema"


@pytest.mark.parametrize("file", EDITED_FILES)
def test_a_schema_takes_the_files_of_the_project_and_refuses_typing_errors(file: str) -> None:
    jsonschema = pytest.importorskip(
        "jsonschema", reason="Schemas are tried with jsonschema (extra: test)."
    )
    schema = file_schema(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in WRITTEN[file]:
        content = load_mapping(PROJECT / path)
        assert [error.message for error in validator.iter_errors(content)] == []
        for wrong in (content | {"titel": "x"}, {**content, "title": {"de": "Kaffee"}}):
            assert not validator.is_valid(wrong)
    deep = load_mapping(PROJECT / WRITTEN[file][0])
    (deep["types"] if file == "study" else deep["blocks"][0]["items"])[0]["idd"] = "x"
    assert not validator.is_valid(deep)


@pytest.mark.parametrize("file", EDITED_FILES)
def test_the_files_of_the_project_name_their_schema(file: str) -> None:
    for path in WRITTEN[file]:
        first = (PROJECT / path).read_text(encoding="utf-8").splitlines()[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert (PROJECT / path).parent.joinpath(named).resolve() == (
            PROJECT / "analysis/typology/study/schemas" / schema_name(file)
        )


def test_a_schema_speaks_the_languages_that_are_asked_for(tmp_path: Path) -> None:
    written = write_schemas(tmp_path / "schemas", ["fr"])
    assert [path.name for path in written] == [schema_name(file) for file in EDITED_FILES]
    french = written[1].read_text(encoding="utf-8")
    assert "Le titre de l'étude." in french
    assert "The title of the study." not in french
