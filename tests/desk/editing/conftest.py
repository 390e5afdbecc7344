"""Other programs are waited for but a moment."""

from __future__ import annotations

import pytest

from pipeline.desk.writing.disk.settled import PATIENCE


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PATIENCE, "quiet", 0.12)
