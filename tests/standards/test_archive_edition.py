"""The archive edition keeps both standards it claims, and carries what it was made from."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pikepdf
import pytest

from tests.golden import ISSUES
from tests.standards.verapdf import java_is_there, judged

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    not java_is_there() and not os.environ.get("CI"), reason="the judge needs Java"
)


@pytest.mark.parametrize("name", ISSUES)
def test_the_archive_edition_keeps_both_standards_it_claims(shipped: Path, name: str) -> None:
    verdicts = judged(shipped / name / f"bulletin-{name}-archive.pdf", "ua1", "3a")
    assert {flavour: verdict.failed_rules for flavour, verdict in verdicts.items()} == {"ua1": (), "3a": ()}
    assert all(verdict.passed for verdict in verdicts.values())


def test_the_judge_says_no_to_attachments_that_do_not_say_what_they_are(
    shipped: Path, tmp_path: Path
) -> None:
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(shipped / "2023-12-20" / "bulletin-2023-12-20-archive.pdf") as pdf:
        for held in pdf.Root.AF:
            del held["/AFRelationship"]
        pdf.save(spoilt)
    assert not judged(spoilt, "3a")["3a"].passed
