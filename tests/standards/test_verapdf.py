"""The screen edition conforms to PDF/UA-1 and PDF/A-2a, and veraPDF refuses a file that does not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pikepdf
import pytest

from tests.standards.verapdf import java_is_there, judged

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    not java_is_there() and not os.environ.get("CI"), reason="the judge needs Java"
)


@pytest.mark.parametrize("name", ["2023-12-20", "2023-06-30"])
def test_the_screen_edition_conforms_to_both_standards_it_claims(shipped: Path, name: str) -> None:
    verdicts = judged(shipped / name / f"bulletin-{name}.pdf", "ua1", "2a")
    assert {flavour: verdict.failed_rules for flavour, verdict in verdicts.items()} == {"ua1": (), "2a": ()}
    assert all(verdict.passed for verdict in verdicts.values())


def test_verapdf_refuses_a_file_without_tags(shipped: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(shipped / "2023-12-20" / "bulletin-2023-12-20.pdf") as pdf:
        del pdf.Root.StructTreeRoot
        del pdf.Root.Lang
        pdf.save(spoilt)
    verdicts = judged(spoilt, "ua1", "2a")
    assert not verdicts["ua1"].passed
    assert not verdicts["2a"].passed
    assert verdicts["ua1"].failed_rules
