"""The use cases: the schema of the files, and that nothing but the terminal prints."""

from __future__ import annotations

import ast
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel, TypeAdapter

from pipeline.desk.intake.schema import DIALECT, schema
from pipeline.models.issue import IssuePlan, IssueTexts
from pipeline.models.kinds.project import ProjectHead
from pipeline.models.publication import Publication
from pipeline.models.values.facts import WrittenDate, WrittenMoment, WrittenMoney, WrittenPartialDate
from tests.support.paths import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The studio has no terminal: what is written there goes into its log of faults.
MAY_PRINT = {"terminal.py", "bounded_process.py", "fault_log.py", "program_faults.py"}


def nodes(part: object) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
    for item in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from nodes(item)


class TestTheSchema:
    def test_it_is_one_document_whose_references_lead_somewhere(self) -> None:
        document = schema()
        assert document["$schema"] == DIALECT
        names = {
            node["$ref"].removeprefix("#/$defs/")
            for node in nodes(document)
            if isinstance(node.get("$ref"), str)
        }
        assert {"publication", "issue", "issue-texts", "article", "Money"} <= names
        assert names <= document["$defs"].keys()
        assert json.loads(json.dumps(document)) == document

    @pytest.mark.parametrize(
        ("name", "model"), [("publication", Publication), ("issue", IssuePlan), ("issue-texts", IssueTexts)]
    )
    def test_it_lists_every_field_and_no_other(self, name: str, model: type[BaseModel]) -> None:
        definition = schema()["$defs"][name]
        assert definition["properties"].keys() == model.model_fields.keys()
        assert definition["additionalProperties"] is False
        required = {field for field, about in model.model_fields.items() if about.is_required()}
        assert set(definition["required"]) == required

    def test_an_article_is_of_one_of_the_kinds(self) -> None:
        article = schema()["$defs"]["article"]
        assert article["discriminator"]["mapping"].keys() == {
            *("article", "project", "event", "notice", "member_news", "gallery", "partners")
        }

    @pytest.mark.parametrize(
        ("name", "written"),
        [("Money", WrittenMoney), ("PartialDate", WrittenPartialDate), ("Moment", WrittenMoment)],
    )
    def test_its_examples_are_valid(self, name: str, written: Any) -> None:
        adapter: TypeAdapter[object] = TypeAdapter(written)
        examples = schema()["$defs"][name]["examples"]
        assert examples
        for example in examples:
            assert adapter.validate_python(str(example)) is not None

    def test_a_date_may_be_written_in_both_ways(self) -> None:
        date = schema()["$defs"]["issue"]["properties"]["date"]
        adapter: TypeAdapter[object] = TypeAdapter(WrittenDate)
        for example in date["examples"]:
            assert re.search(date["pattern"], example)
            assert adapter.validate_python(example) is not None
        assert not re.search(date["pattern"], "декември")

    def test_fields_have_descriptions(self) -> None:
        budget = schema()["$defs"]["Budget"]
        assert budget["properties"]["total"]["description"] == "The whole budget."
        assert "Args" not in budget["description"]
        assert ProjectHead.__doc__ == schema()["$defs"]["ProjectHead"]["description"]


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
def test_only_the_terminal_writes_to_the_terminal(path: Path) -> None:
    if path.name in MAY_PRINT:
        return
    tree = ast.parse(path.read_text("utf-8"))
    calls = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    streams = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "sys"
    }
    assert not calls & {"print", "input", "breakpoint"}
    assert not streams & {"stdout", "stderr", "stdin"}
