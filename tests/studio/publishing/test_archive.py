"""What is filed is found, downloaded as it was filed, and made again from the studio."""

from __future__ import annotations

import json

from tests.studio.publishing.conftest import RELEASE, Officer
from tests.support.mails import PDF

FILED = "/archive/2023-12-20/1"


def test_a_filed_issue_is_listed_and_its_files_come_as_they_were_filed(officer: Officer) -> None:
    assert f'href="{FILED}"' in officer.see("/archive")
    assert f'href="{FILED}"' in officer.see(RELEASE)
    assert "За членовете, за четене на екран" in officer.see(FILED)
    own = officer.running.own
    for name in ("bulletin-2023-12-20.pdf", "bulletin-2023-12-20.en.pdf"):
        assert officer.running.ask("GET", f"/api{FILED}/files/{name}", own).headers["content-length"] == str(
            len(PDF)
        )
    path = officer.workspace.issues / "2023-12-20/filed/1/bulletin-2023-12-20.pdf"
    path.chmod(0o644)
    path.write_bytes(b"%PDF other")
    changed = officer.running.ask("GET", f"/api{FILED}/files/bulletin-2023-12-20.pdf", own)
    assert [each["code"] for each in json.loads(changed.text)["findings"]] == ["E211"]


def test_nothing_but_the_files_that_are_shown_is_handed_out(officer: Officer) -> None:
    own = officer.running.own
    for address in (
        f"/api{FILED}/files/filing.json",
        f"/api{FILED}/files/..%2f..%2f..%2fpublication.yaml",
        f"/api{FILED}/again/bulletin-2023-12-20.pdf",
        "/api/archive/2023-12-20/2/files/bulletin-2023-12-20.pdf",
        "/api/archive/..%2f..%2fmail/1/files/members.csv",
        "/api/issues/2023-12-20/made/bulletin-2023-12-20-report.json",
        "/api/issues/2023-12-20/made/..%2f..%2fmail%2fpassword",
        "/archive/2023-12-20/2",
    ):
        assert officer.running.ask("GET", address, own).status == 404, address
    assert officer.running.ask("POST", "/archive/2023-12-20/9/again", own, b"").status == 404


def test_an_archive_whose_records_cannot_be_read_is_said_in_words(officer: Officer) -> None:
    record = officer.workspace.issues / "2023-12-20/filed/1/filing.json"
    record.chmod(0o644)
    record.write_text("{", "utf-8")
    for path in ("/archive", RELEASE):
        shown = officer.see(path)
        assert "bulletin archive" not in shown
        assert "помолете колегата" in shown
