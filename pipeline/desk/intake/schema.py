"""JSON Schema of the YAML files, with which a text editor completes field names and marks mistakes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter

from pipeline.delivery.settings.model import MailSettings
from pipeline.editor.house_style.model import House
from pipeline.models.issue import IssuePlan, IssueTexts
from pipeline.models.kinds.union import ArticleHead
from pipeline.models.publication import Publication

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaMode

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_ARGUMENT: Final = re.compile(r"^ {4}(\w+): (.+(?:\n {5,}.+)*)", re.MULTILINE)

_FILES: Final[dict[str, tuple[str, Any]]] = {
    "publication": ("issues/publication.yaml", Publication),
    "issue": ("issues/<date>/issue.yaml", IssuePlan),
    "issue-texts": ("issues/<date>/issue.<language>.yaml", IssueTexts),
    "house": ("issues/house.yaml", House),
    "mail": ("mail/mail.yaml", MailSettings),
    "article": ("the front matter of issues/<date>/<article>.md", ArticleHead),
}
"""The name of each kind of file, what it is called on disk, and its model."""

_DATE: Final = r"^\d{4}-\d{1,2}-\d{1,2}$|^\d{1,2}\.\d{1,2}\.\d{4}( ?г\.?)?$"

_AS_WRITTEN: Final[dict[str, dict[str, Any]]] = {
    "Money": {
        "type": "string",
        "description": "An amount and its currency.",
        "examples": ["294500 EUR", "294,5 хил. евро", "4.96 million EUR"],
    },
    "PartialDate": {
        "type": ["string", "integer"],
        "description": "A year, a month of a year, or a day.",
        "examples": ["2024-01-31", "2024-01", 2024, "01.2024"],
    },
    "Moment": {
        "type": "string",
        "description": "A day, with a time of day where one is known.",
        "examples": ["2023-11-07", "2023-11-07 10:00", "07.11.2023 10:00"],
    },
}
"""What the models take apart, but a file writes as one value."""


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of all files, as one document.

    Each kind of file is a definition (`#/$defs/issue` and so on); the document as a whole fits any
    of them.
    """
    mode: JsonSchemaMode = "validation"
    adapters = [(name, mode, TypeAdapter[Any](model)) for name, (_, model) in _FILES.items()]
    by_name, shared = TypeAdapter.json_schemas(adapters)
    definitions: dict[str, Any] = dict(shared.get("$defs", {}))
    for name, written in _AS_WRITTEN.items():
        definitions[name] = {"title": name, **written}
    for name, (path, _) in _FILES.items():
        definition = by_name[name, mode]
        if "$ref" in definition:
            definition = definitions.pop(definition["$ref"].rpartition("/")[2])
        definitions[name] = {**definition, "title": path}
    return {
        "$schema": DIALECT,
        "title": "Bulletin",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in _FILES],
        "$defs": {name: _described(_as_written(value)) for name, value in sorted(definitions.items())},
    }


def _described(definition: dict[str, Any]) -> dict[str, Any]:
    """Move descriptions of fields from a model's docstring to the fields, where text editors show them."""
    about, _, arguments = str(definition.get("description", "")).partition("\n\nArgs:\n")
    if not arguments:
        return definition
    fields = dict(definition["properties"])
    for name, words in _ARGUMENT.findall(arguments):
        if name in fields:
            fields[name] = {**fields[name], "description": " ".join(words.split())}
    return {**definition, "description": about, "properties": fields}


def _as_written(node: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Replace the date format by a pattern of all notations that are read."""
    if isinstance(node, list):
        return [_as_written(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("format") == "date":
        rest = {key: value for key, value in node.items() if key != "format"}
        return {**rest, "pattern": _DATE, "examples": ["2023-12-20", "20.12.2023"]}
    return {key: _as_written(value) for key, value in node.items()}
