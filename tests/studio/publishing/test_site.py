"""The archive is made a site in the studio, and is handed on whole, as one file."""

from __future__ import annotations

import contextlib
import http.client
import io
import json
import os
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.studio.publishing.conftest import Officer

SITE = "/archive/site"


def packed(officer: Officer) -> zipfile.ZipFile:
    """Return the site as it is downloaded."""
    connection = http.client.HTTPConnection("127.0.0.1", officer.running.port, timeout=60)
    with contextlib.closing(connection):
        connection.request("GET", f"/api{SITE}", headers=officer.running.own)
        answer = connection.getresponse()
        assert answer.status == 200
        assert answer.getheader("content-type") == "application/zip"
        return zipfile.ZipFile(io.BytesIO(answer.read()))


def test_the_site_is_made_and_its_one_file_holds_all_of_it(officer: Officer) -> None:
    out = officer.workspace.root / "out"
    assert officer.running.ask("GET", f"/api{SITE}", officer.running.own).status == 404
    assert "data-download" not in officer.see(SITE)
    told = officer.end_of(officer.send(SITE, {"address": "https://example.org/bulletin"}))
    files = {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in (out / "site").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    assert told["announce"] == f"Сайтът е направен; броеве: 1, файлове: {len(files)}"
    assert b"https://example.org/bulletin/" in files["site/index.html"]
    with packed(officer) as package:
        assert {name: package.read(name) for name in package.namelist()} == files
    assert "каквото е в архива сега" in officer.see(SITE)
    moment = (out / "site.zip").stat().st_mtime + 5
    os.utime(officer.workspace.issues / "archive.txt", (moment, moment))
    assert "след това архивът е променян" in officer.see(SITE)


def test_an_address_that_is_none_and_a_folder_of_others_are_refused_and_nothing_is_lost(
    officer: Officer,
) -> None:
    refused = officer.end_of(officer.send(SITE, {"address": "tomorrow"}))
    assert [each["code"] for each in refused["findings"]] == ["E251"]
    other = officer.workspace.root / "out" / "site"
    if other.exists():
        for path in sorted(other.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
    other.mkdir(parents=True, exist_ok=True)
    (other / "notes.txt").write_text("mine", "utf-8")
    refused = officer.end_of(officer.send(SITE))
    assert [each["code"] for each in refused["findings"]] == ["E250"]
    assert "bulletin archive" not in json.dumps(refused, ensure_ascii=False)
    assert (other / "notes.txt").read_text("utf-8") == "mine"


def test_a_link_out_of_the_bulletin_is_not_followed(officer: Officer) -> None:
    out, elsewhere = officer.workspace.root / "out", officer.workspace.root.parent / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    if out.exists():
        out.rename(out.with_name("out-before"))
    out.symlink_to(elsewhere)
    try:
        refused = officer.end_of(officer.send(SITE))
        assert [each["code"] for each in refused["findings"]] == ["E647"]
        (elsewhere / "site.zip").write_bytes(b"x")
        assert officer.running.ask("GET", f"/api{SITE}", officer.running.own).status == 404
        assert [path.name for path in elsewhere.iterdir()] == ["site.zip"]
    finally:
        out.unlink()
