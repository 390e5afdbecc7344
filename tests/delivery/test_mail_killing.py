"""Killed wherever it may be, a sending loses nobody, doubles nobody, and names whom it cannot know of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.mail_killing import kill_sendings

if TYPE_CHECKING:
    import pytest


def test_a_sending_that_is_killed_again_and_again_keeps_every_promise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "")
    tally = kill_sendings(20, seed=4)
    assert tally.kills == 20
    assert tally.is_sound, tally
