"""What a finding of a field's value says works when it is followed to the letter."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

import pytest

from pipeline.files.workspace import Workspace
from pipeline.findings.codes.register import CODES
from pipeline.reading.issue_reader import read_issue
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.findings.finding import Finding

ISSUE = "2023-12-20/issue.yaml"
PROJECT = "2023-12-20/project.md"
TOWER = "2023-12-20/tower.md"
EVENT = "title: Кулата\nkind: event\nstart: 2024-05-02 10:00\nplace: София"


class Slip(NamedTuple):
    """What is written wrongly, the code it gives, and what is written where the remedy is followed."""

    file: str
    right: str
    wrong: str
    code: str
    followed: str


SLIPS = [
    Slip(TOWER, "title: Кулата", "title:\u00a0Кулата", "E11", "title: Кулата"),
    Slip(ISSUE, "number: 2", "number:\t2", "E11", "number: 2"),
    Slip(ISSUE, "  - title: Новини", "  -\u00a0title: Новини", "E11", "  - title: Новини"),
    Slip(ISSUE, "    articles: [tower", "\u00a0\u00a0\u00a0 articles: [tower", "E11", "    articles: [tower"),
    Slip(ISSUE, "  - title: Новини", "\t- title: Новини", "E11", "  - title: Новини"),
    Slip(ISSUE, "number: 2", "number:", "E16", "number: 2"),
    Slip(TOWER, "title: Кулата", "title: Кулата\nstandfirst:", "E16", "title: Кулата"),
    Slip(TOWER, "title: Кулата", "title: &Кулата нова", "E18", 'title: "&Кулата нова"'),
    Slip(TOWER, "title: Кулата", "title: *Кулата*", "E18", 'title: "*Кулата*"'),
    Slip(TOWER, "title: Кулата", "title: !Внимание", "E10", 'title: "!Внимание"'),
    Slip(TOWER, "title: Кулата", "title: @кулата", "E10", 'title: "@кулата"'),
    Slip(TOWER, "title: Кулата", "title: |кулата", "E10", 'title: "|кулата"'),
    Slip(ISSUE, "date: 2023-12-20", "date: 20 декември 2023 г.", "E20", "date: 2023-12-20"),
    Slip(TOWER, "title: Кулата", EVENT.replace("2024-05-02 10:00", "2 май 2024, 10.00 ч."), "E20", EVENT),
    Slip(TOWER, "title: Кулата", EVENT.replace("2024-05-02 10:00", "2 май 2024, 10 ч."), "E20", EVENT),
    Slip(ISSUE, "[project.md", "[project", "E01", "[project.md"),
    Slip(PROJECT, "[BG, ES]", "[BG, ZZ]", "E22", "[BG, ES]"),
    Slip(ISSUE, "number: 2", "number: 2,5", "E24", "number: 2"),
    Slip(
        PROJECT, "share: 42500 EUR", "share: 40,8 хил. евро", "E77", 'share: "40,8 хил. евро"'
    ),
    Slip(PROJECT, "total: 294500 EUR", "total: 294,500.50 EUR", "E77", 'total: "294,500.50 EUR"'),
    Slip(TOWER, "title: Кулата", f"{EVENT}\nregistration: example.org/z", "W173",
         f"{EVENT}\nregistration: https://example.org/z"),
]  # fmt: skip


def findings(root: Path, file: str, right: str, written: str) -> tuple[Finding, ...]:
    """Return the findings on the sound issue with one thing written otherwise."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(GOOD, root)
    path = root / "issues" / file
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, written, 1), "utf-8")
    workspace = Workspace(root)
    return read_issue(workspace.choose_issue(), workspace).findings


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.code} {slip.wrong.splitlines()[-1]!r}")
def test_a_slip_is_one_finding_and_gone_when_its_remedy_is_followed(slip: Slip, tmp_path: Path) -> None:
    (only,) = findings(tmp_path / "w", slip.file, slip.right, slip.wrong)
    assert only.code == slip.code
    assert only.place is not None
    assert only.place.column > 0
    assert findings(tmp_path / "w", slip.file, slip.right, slip.followed) == ()
    guess = dict(only.values).get("guess", "")
    assert not guess or CODES[only.code].guess


def test_a_required_field_is_not_said_to_be_dispensable(tmp_path: Path) -> None:
    (required,) = findings(tmp_path / "w", ISSUE, "number: 2", "number:")
    assert dict(required.values)["guess"] == "number"
    (optional,) = findings(tmp_path / "w", TOWER, "title: Кулата", "title: Кулата\nstandfirst:")
    assert dict(optional.values)["guess"] == ""


@pytest.mark.parametrize(
    "written", ["+359 2 123 456", "office@example.org", "https://example.org/", "на място, от 9.30 ч."]
)
def test_other_ways_to_reach_somebody_are_left(written: str, tmp_path: Path) -> None:
    assert findings(tmp_path / "w", TOWER, "title: Кулата", f"{EVENT}\nregistration: {written}") == ()


@pytest.mark.parametrize(
    "fields", ["{total: 5 EUR, share: 3 EUR}", '{total: "5,5 EUR"}', "{total: 5 EUR,share: 3 EUR}"]
)
def test_fields_in_braces_are_not_joined(fields: str, tmp_path: Path) -> None:
    assert findings(tmp_path / "w", PROJECT, "{total: 294500 EUR, share: 42500 EUR}", fields) == ()
