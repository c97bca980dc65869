"""JSON schemas of the files people edit: with them, an editor completes and checks as one types."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from typology.study.keys.file_keys import EDITED_FILES, FILLED_IN, keys_of, models_in
from typology.words.typography import LANGUAGES

SCHEMA_FOLDER = Path(__file__).parents[1] / "schemas"
"""Where the schemas in both languages stand; the project's own files name them."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_NAMED = {"properties", "patternProperties", "$defs"}  # what is in them is named by the files
_VALUES = {"default", "enum", "const", "examples"}

Schema = dict[str, Any]


def schema_name(file: str) -> str:
    """Return the name of the schema of a file: "study.schema.json"."""
    return f"{file}.schema.json"


def schema_line(path: str) -> str:
    """Return the comment by which a YAML file names its schema to editors."""
    return f"# yaml-language-server: $schema={path}"


def schema_text(file: str, languages: Sequence[str] = LANGUAGES) -> str:
    """Return the schema of a file as JSON, ended by a line break."""
    return json.dumps(file_schema(file, languages), ensure_ascii=False, indent=1) + "\n"


def file_schema(file: str, languages: Sequence[str] = LANGUAGES) -> Schema:
    """Return the JSON schema of the questionnaire or of the study file.

    Parameters
    ----------
    file : {"questionnaire", "study"}
    languages : sequence of {"fr", "en"}
        Those in which it says what each key means.

    Returns
    -------
    dict
        Made from the model: unknown keys and values off the lists are refused. What one key has
        to do with another is for ``typology check``.

    >>> schema = file_schema("study", ["en"])
    >>> schema["properties"]["title"]["description"], schema["additionalProperties"]
    ('The title of the study.', False)
    """
    model = EDITED_FILES[file]
    models = {each.__name__: each for each in _every_model(model)}
    return {"$schema": _DIALECT, **_described(model.model_json_schema(), models, languages)}


def _every_model(model: type[Any]) -> list[type[Any]]:
    """Return a model and every one below it, texts too."""
    found = [model]
    for field in model.model_fields.values():
        found += [inner for each in models_in(field.annotation) for inner in _every_model(each)]
    return found


def _described(made: Any, models: Mapping[str, type[Any]], languages: Sequence[str]) -> Any:
    """Return a schema as editors want it: each key with its meaning and an example.

    Without the titles of the code, and without names that no key can have.
    """
    if isinstance(made, list):
        return [_described(each, models, languages) for each in made]
    if not isinstance(made, dict):
        return made
    described: Schema = {}
    for name, value in made.items():
        if name in _NAMED:
            described[name] = {
                key: _described(each, models, languages) for key, each in value.items()
            }
        elif name not in ("title", "description"):
            kept = name in _VALUES
            described[name] = value if kept else _described(value, models, languages)
    if "patternProperties" in described:
        described.setdefault("additionalProperties", False)
    model = models.get(made.get("title", ""))
    if model is not None and "properties" in described:
        _explain(described, model, languages)
    return described


def _explain(described: Schema, model: type[Any], languages: Sequence[str]) -> None:
    """Put into the schema of a model what each of its keys means."""
    for key in keys_of(model):
        told = "\n\n".join(key.meaning[language] for language in languages)
        entry = described["properties"][key.name]
        described["properties"][key.name] = {
            "description": told, **entry, "examples": [key.example]
        }  # fmt: skip
    required = [name for name in described.pop("required", ()) if name not in FILLED_IN]
    if required:
        described["required"] = required


def write_schemas(folder: Path, languages: Sequence[str] = LANGUAGES) -> list[Path]:
    """Write the schema of each file into a folder; return where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for file in EDITED_FILES:
        path = folder / schema_name(file)
        path.write_bytes(schema_text(file, languages).encode())
        written.append(path)
    return written
