"""Passwords: the first source that has one, and none that others may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keyring
import pytest
from keyring.backend import KeyringBackend

from pipeline.delivery.settings.model import Server
from pipeline.delivery.settings.passwords import PASSWORD, SERVICE, VARIABLE, password_for
from pipeline.findings.finding import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SERVER = Server.model_validate({"host": "mail.example.bg", "user": "bulletin"})
NAMES = (SERVICE, "bulletin@mail.example.bg")


class InMemory(KeyringBackend):
    """A keyring that forgets all when the test ends."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemory]:
    monkeypatch.delenv(VARIABLE, raising=False)
    before, own = keyring.get_keyring(), InMemory()
    keyring.set_keyring(own)
    yield own
    keyring.set_keyring(before)


def written(folder: Path, password: str = "от файла\n", mode: int = 0o600) -> Path:
    path = folder / PASSWORD
    path.write_text(password, "utf-8")
    path.chmod(mode)
    return path


def test_the_environment_comes_first_then_the_file_then_the_keyring(
    tmp_path: Path, kept: InMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.set_password(*NAMES, "от ключодържателя")
    assert password_for(SERVER, tmp_path) == "от ключодържателя"
    written(tmp_path)
    assert password_for(SERVER, tmp_path) == "от файла"
    monkeypatch.setenv(VARIABLE, "от средата")
    assert password_for(SERVER, tmp_path) == "от средата"


def test_a_server_without_a_user_needs_none(tmp_path: Path) -> None:
    assert password_for(SERVER.model_copy(update={"user": None}), tmp_path) is None


def test_a_password_that_is_nowhere_is_asked_for_by_user_and_server(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError) as raised:
        password_for(SERVER, tmp_path)
    (finding,) = raised.value.findings
    assert finding.code == "E351"
    assert {"user": "bulletin", "host": "mail.example.bg"}.items() <= dict(finding.values).items()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_file_that_others_may_open_is_refused(tmp_path: Path, mode: int) -> None:
    written(tmp_path, mode=mode)
    with pytest.raises(DeliveryError) as raised:
        password_for(SERVER, tmp_path)
    assert [finding.code for finding in raised.value.findings] == ["E352"]


def test_a_mark_before_the_password_in_its_file_does_not_belong_to_it(tmp_path: Path) -> None:
    """Editors of Windows write a byte order mark (Unicode, 23.8)."""
    written(tmp_path, "\ufeffот файла\n")
    assert password_for(SERVER, tmp_path) == "от файла"
