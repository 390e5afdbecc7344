"""A mailing killed at any moment loses and doubles no message, and reports unknown outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.mail_killing import kill_sendings

if TYPE_CHECKING:
    import pytest


def test_a_mailing_killed_again_and_again_loses_and_doubles_no_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "")
    tally = kill_sendings(20, seed=4)
    assert tally.kills == 20
    assert tally.is_sound, tally
