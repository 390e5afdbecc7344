"""Mail editions for tests: composed from the shipped issues, and from variants of the valid issue."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

from pipeline.archive.filing_record import stem
from pipeline.archive.shelf import Shelf
from pipeline.archive.storing import store_filing
from pipeline.desk.archive.snapshot import take_snapshot
from pipeline.desk.production.checked_issue import check_issue
from pipeline.files.workspace import Workspace
from pipeline.mail_edition.contents import PdfFile
from pipeline.mail_edition.html import compose_mail
from pipeline.typography.typesetting import typeset
from tests.conftest import REPOSITORY
from tests.support.mail_servers import PASSWORD, USER

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.archive.filing_record import Filing
    from pipeline.mail_edition.html import MailBody

GOOD = REPOSITORY / "tests" / "bad_issues" / "_good"
ONLINE = "https://bulletin.example.bg/archive"
MENDED = "Датата на срещата беше грешна: тя е на 14 май."


def body_of(root: Path, issue: str, language: str | None = None) -> MailBody:
    """Compose the mail edition of an issue, with a PDF in name only."""
    workspace = Workspace(root)
    checked = check_issue(workspace.issues / issue, workspace, language)
    assert checked.reading.issue is not None, checked.findings
    assert checked.style is not None
    pdf = PdfFile(f"bulletin-{issue}{'.en' if language else ''}.pdf", 1_234_567, 9)
    return compose_mail(typeset(checked.reading.issue), checked.style, pdf, {}, is_own=language is None)


def sound(tmp_path: Path, *, sender: str = "", issue: str = "") -> Path:
    """Return a workspace with the valid issue, and more lines in two of its files."""
    root = tmp_path / "w"
    shutil.copytree(GOOD, root)
    for name, more in (("publication.yaml", sender), ("2023-12-20/issue.yaml", issue)):
        path = root / "issues" / name
        path.write_text(path.read_text("utf-8") + more, "utf-8")
    return root


def with_sender(*lines: str) -> str:
    fields = ("name: Клъстер", "email: news@example.org", *lines)
    return "sender:\n" + "".join(f"  {line}\n" for line in fields)


CORRECTION = f"correction:\n  of: 1\n  text: '{MENDED}'\n"


MEMBERS = """\
Имейл;Име;Език;Групи;Статус
maria@example.bg;Мария Иванова;bg;съвет;
john@example.org;John Smith;en;партньори;
ivan@example.bg;Иван Петров;;съвет, партньори;
paused@example.bg;На пауза;bg;;пауза
petya@example.bg;Петя Стоянова;de;;
"""
ACTIVE = ("maria@example.bg", "john@example.org", "ivan@example.bg", "petya@example.bg")
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"
FILED_ON = dt.date(2023, 12, 21)

_ENGLISH = {
    "issue.en.yaml": "format: 1\ntitle: Projects\nsections:\n  - title: The first\n  - title: The second\n",
    "project.en.md": "---\nkind: project\ntitle: Bridges\n---\nThe project joins two banks.\n",
    "tower.en.md": "---\ntitle: The tower\n---\nThe first paragraph.\n\n"
    '![A tall tower](images/tower.png "The tower in May"){credit="Ivan Ivanov"}\n',
}


def filed_workspace(
    root: Path, port: int = 25, *, sender: tuple[str, ...] = (), settings: str = ""
) -> Workspace:
    """Return a workspace whose issue is filed in two languages, and whose mail goes to a server of a test."""
    made = sound(root, sender=with_sender("reply_to: office@example.org", *sender))
    for name, text in _ENGLISH.items():
        (made / "issues" / "2023-12-20" / name).write_text(text, "utf-8")
    workspace = Workspace(made)
    file_with_mail_edition(workspace)
    mail = made / "mail"
    mail.mkdir()
    server = f"server: {{host: localhost, port: {port}, user: {USER}}}"
    (mail / "mail.yaml").write_text(f"format: 1\n{server}\nmembers: members.csv\n{settings}", "utf-8")
    (mail / "members.csv").write_text(MEMBERS, "utf-8")
    (mail / "password").write_text(PASSWORD + "\n", "utf-8")
    (mail / "password").chmod(0o600)
    return workspace


def file_with_mail_edition(workspace: Workspace) -> Filing:
    """File the issue with its real mail edition and placeholders for its PDFs."""
    snapshot = take_snapshot(workspace.issues / "2023-12-20", workspace)
    files: dict[str, bytes] = {}
    for language in snapshot.languages:
        wanted = language if language != snapshot.languages[0] else None
        name = stem("2023-12-20", language, snapshot.languages[0])
        body = body_of(workspace.root, "2023-12-20", wanted)
        files[f"{name}.pdf"] = PDF
        files |= {f"{name}-mail.html": body.html.encode(), f"{name}-mail.txt": body.text.encode()}
        files |= {f"{name}-mail-{logo.name}": logo.data for logo in body.logos.values()}
    return store_filing(snapshot.filing_content(files, {}), Shelf(workspace), FILED_ON)


def correct(workspace: Workspace) -> Filing:
    """File the issue again, corrected."""
    path = workspace.issues / "2023-12-20" / "issue.yaml"
    path.write_text(path.read_text("utf-8") + CORRECTION, "utf-8")
    texts = path.with_name("issue.en.yaml")
    texts.write_text(texts.read_text("utf-8") + "correction: It is on 14 May.\n", "utf-8")
    return file_with_mail_edition(workspace)
