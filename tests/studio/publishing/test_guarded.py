"""What changes the mail and the archive is asked for by the studio's own tabs alone, in the way they ask."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.studio.serving.app import studio_routes

if TYPE_CHECKING:
    from pathlib import Path

    from tests.studio.publishing.conftest import Officer

_NAMES: Final = {"{issue}": "2023-12-20", "{filing}": "1", "{name}": "bulletin-2023-12-20.pdf"}


def addresses(method: str) -> list[str]:
    """Return the addresses of mail and archive that take a method, of the issue that is filed."""
    found = [
        each.path
        for each in studio_routes()
        if method in (each.methods or ()) and ("/mail" in each.path or "/archive" in each.path)
    ]
    for name, value in _NAMES.items():
        found = [path.replace(name, value) for path in found]
    return found


def state_of(root: Path) -> dict[str, str]:
    """Return the hash of every file of a workspace, by its name."""
    files = sorted(path for path in root.rglob("*") if path.is_file() and ".history" not in path.parts)
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("address", addresses("POST"))
def test_nobody_else_changes_the_mail_or_the_archive(officer: Officer, address: str) -> None:
    before = state_of(officer.workspace.root)
    own = {**officer.running.own, "Content-Type": "application/json"}
    body = b'{"address": "ivan@example.bg", "again": "ivan@example.bg", "count": "1", "reason": "x"}'
    asked = {
        "foreign": (own | {"Sec-Fetch-Site": "cross-site"}, 403),
        "another port": (own | {"Sec-Fetch-Site": "same-site"}, 403),
        "a forged origin": (own | {"Origin": "http://evil.example"}, 403),
        "a frame": (own | {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Mode": "navigate"}, 403),
        "without the secret": ({name: own[name] for name in own if name != "X-Studio-Key"}, 401),
        "without the cookie": ({name: own[name] for name in own if name != "Cookie"}, 401),
    }
    for what, (head, status) in asked.items():
        assert officer.running.ask("POST", address, head, body).status == status, what
    assert state_of(officer.workspace.root) == before


@pytest.mark.parametrize("address", sorted(set(addresses("POST")) - set(addresses("GET"))))
def test_a_change_is_never_made_by_looking(officer: Officer, address: str) -> None:
    before = state_of(officer.workspace.root)
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        assert officer.running.ask(method, address, officer.running.own).status in {404, 405}
    assert state_of(officer.workspace.root) == before
