"""The archive edition conforms to both standards it claims, and has its sources attached."""

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
def test_the_archive_edition_conforms_to_both_standards_it_claims(shipped: Path, name: str) -> None:
    verdicts = judged(shipped / name / f"bulletin-{name}-archive.pdf", "ua1", "3a")
    assert {flavour: verdict.failed_rules for flavour, verdict in verdicts.items()} == {"ua1": (), "3a": ()}
    assert all(verdict.passed for verdict in verdicts.values())


def test_verapdf_refuses_attachments_without_a_relationship(shipped: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(shipped / "2023-12-20" / "bulletin-2023-12-20-archive.pdf") as pdf:
        for specification in pdf.Root.AF:
            del specification["/AFRelationship"]
        pdf.save(spoilt)
    assert not judged(spoilt, "3a")["3a"].passed
