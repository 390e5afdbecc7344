"""Each finding the program creates is in the register, and has the values its wording names."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.findings.codes.register import CODES
from tests.support.paths import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PLACEHOLDER: Final = re.compile(r"(?<!{){(\w+)}")


def faults(module: str) -> Iterator[str]:
    """Return the faults of the findings that a module creates with a literal code."""
    for call in ast.walk(ast.parse(module)):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id != "found":
            continue
        first = call.args[0] if call.args else None
        if not isinstance(first, ast.Constant):
            continue
        code = str(first.value)
        if code not in CODES:
            yield f"line {call.lineno}: {code} is in no register"
            continue
        given = {keyword.arg for keyword in call.keywords}
        wording = CODES[code]
        missing = {*_PLACEHOLDER.findall(wording.message + wording.remedy)} - given
        if missing and None not in given:
            yield f"line {call.lineno}: {code} lacks {', '.join(sorted(missing))}"


@pytest.mark.parametrize(
    "module", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_a_finding_is_worded_and_brings_what_its_words_name(module: Path) -> None:
    assert list(faults(module.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ('found("E999", None)', "line 1: E999 is in no register"),
        ('found("E89", None, name="a")', "line 1: E89 lacks problem"),
    ],
)
def test_a_slip_is_seen(code: str, fault: str) -> None:
    assert list(faults(code)) == [fault]
