"""Sound issues of any kind and length have no fault that would stop them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import PressError
from tests.support.generated.issues import generated_workspace
from tests.support.generated.texts import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("pages", [2, 12])
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_sound_issue_is_built_without_a_fault_of_its_layout(
    tmp_path: Path, language: str, pages: int
) -> None:
    chance = random.Random(f"sound {language} {pages}")
    folder = generated_workspace(tmp_path, chance, language=language, pages=pages)
    request = BuildRequest(folder, Workspace(tmp_path), tmp_path / "out", fresh=True)
    try:
        findings = build(request).findings
    except PressError as error:
        # What is found in the finished PDF is not the matter of this test.
        findings = error.findings
    # Holes are notes: they depend on what happens to stand beside a card.
    faults = {finding.code for finding in findings if finding.code[1:3] == "19"}
    assert faults <= {"W190"}
