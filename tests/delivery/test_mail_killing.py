"""Mailings and commands that are killed at any moment lose, double and half forget nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.mail_killing import kill_forgets, kill_sendings

if TYPE_CHECKING:
    import pytest


def test_a_mailing_killed_again_and_again_loses_and_doubles_no_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "")
    tally = kill_sendings(10, seed=4)
    assert tally.kills == 10
    assert tally.left > 0
    assert tally.is_sound, tally


def test_a_command_that_forgets_is_killed_at_any_moment_and_forgets_whole_or_not_at_all() -> None:
    found = kill_forgets(6, seed=3)
    assert found.kills > 0
    assert found.is_sound, found
