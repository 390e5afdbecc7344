"""Hostile files are refused in words at every door of the studio, and nothing of them is kept."""

from __future__ import annotations

import json
import struct
import zlib
from typing import TYPE_CHECKING, Final

import pytest

from tests.studio.attacks.workspaces import ISSUE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.studio.running import Answer, Studio

DOORS: Final = (f"/api/issues/{ISSUE}/pictures", "/api/house-files")


def png_of(side: int) -> bytes:
    """Return a picture that says it is so many pixels wide and high, and is small."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1_000_000))), (b"IEND", b""))
    chunks = (struct.pack(">I", len(data)) + kind + data for kind, data in parts)
    checked = (each + struct.pack(">I", zlib.crc32(each[4:])) for each in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(checked)


def drawing(content: str, before: str = "") -> bytes:
    """Return a drawing with something in it."""
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'{before}<svg {names} viewBox="0 0 9 9">{content}<rect width="5" height="5"/></svg>'.encode()


PICTURES: Final = {
    "more pixels than memory": png_of(60_000),
    "a page": b"<html><script>owned()</script></html>",
    "cut off": b"\xff\xd8\xff\xe0" + bytes(50),
    "script": drawing("<script>owned()</script>"),
    "handler": drawing('<g onload="owned()"/>'),
    "a page in a drawing": drawing(
        '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'
    ),
    "a file from outside": drawing('<image xlink:href="file:///etc/passwd" width="5" height="5"/>'),
    "entities": drawing("<text>&x;</text>", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "a style from outside": drawing("<style>@import url(https://example.org/)</style>"),
}

MAIL: Final = b"Subject: x\nContent-Type: message/rfc822\n\n" * 60 + b"Subject: x\n\nhello\n"
ARRIVALS: Final = {
    "deep.html": b"<div>" * 200_000 + b"x",
    "cells.html": b"<table><tr><td>" * 100_000,
    "sent on.eml": MAIL,
    "page.docx": b"<html><script>owned()</script></html>",
    "program.exe": b"MZ" + bytes(500),
}
"""Files that the import refuses, besides those of Word."""


def sent(running: Studio, door: str, name: str, data: bytes) -> Answer:
    """Send a file as a browser does."""
    head = f'--b\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode()
    headers = {**running.own, "Content-Type": "multipart/form-data; boundary=b"}
    return running.ask("POST", door, headers, head + data + b"\r\n--b--\r\n")


def files(root: Path) -> dict[str, int]:
    """Return the files of the workspace with their times."""
    return {str(path): path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("door", DOORS, ids=["issue", "house"])
@pytest.mark.parametrize("kind", PICTURES)
def test_a_hostile_picture_is_refused_by_its_name_and_not_kept(
    running: Studio, root: Path, door: str, kind: str
) -> None:
    before = files(root)
    answer = sent(running, door, "Двор.png", PICTURES[kind])
    assert answer.status == 422
    (finding,) = json.loads(answer.text)["findings"]
    assert finding["code"] in {"E03", "E55", "E56", "E58", "E60"}
    assert "Двор" in finding["message"]
    assert files(root) == before


@pytest.mark.parametrize("name", ARRIVALS)
def test_a_hostile_file_of_any_kind_is_refused_in_words_and_not_kept(
    running: Studio, root: Path, name: str
) -> None:
    before = files(root)
    answer = sent(running, "/import", name, ARRIVALS[name])
    last = json.loads(answer.text)
    if answer.status == 200:
        told = running.ask("GET", f"/api/jobs/{last['job']}", running.own).text
        last = json.loads(told.strip().rpartition("data: ")[2])
    assert [each["severity"] for each in last["findings"]] == ["error"]
    assert name.partition(".")[0] in last["findings"][0]["message"]
    assert files(root) == before
    assert running.ask("GET", "/", running.own).status == 200
