"""Mail editions for tests: composed from the shipped issues, and from the sound issue with other words."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from pipeline.desk.examining import checked
from pipeline.mail_contents import PdfFile
from pipeline.mail_page import compose_mail
from pipeline.typesetting import typeset
from pipeline.workspace import Workspace
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.mail_page import MailBody

GOOD = REPOSITORY / "tests" / "bad_issues" / "_good"
ONLINE = "https://bulletin.example.bg/archive"
MENDED = "Датата на срещата беше грешна: тя е на 14 май."


def body_of(root: Path, issue: str, language: str | None = None) -> MailBody:
    """Compose the mail edition of an issue, of whose PDF only the name is true."""
    workspace = Workspace(root)
    looked = checked(workspace.issues / issue, workspace, language)
    assert looked.reading.issue is not None, looked.findings
    assert looked.style is not None
    pdf = PdfFile(f"bulletin-{issue}{'.en' if language else ''}.pdf", 1_234_567, 9)
    return compose_mail(typeset(looked.reading.issue), looked.style, pdf, {}, is_own=language is None)


def sound(tmp_path: Path, *, sender: str = "", issue: str = "") -> Path:
    """Return a workspace with the sound issue, and more lines in two of its files."""
    root = tmp_path / "w"
    shutil.copytree(GOOD, root)
    for name, more in (("publication.yaml", sender), ("2023-12-20/issue.yaml", issue)):
        path = root / "issues" / name
        path.write_text(path.read_text("utf-8") + more, "utf-8")
    return root


def with_sender(*lines: str) -> str:
    told = ("name: Клъстер", "email: news@example.org", *lines)
    return "sender:\n" + "".join(f"  {line}\n" for line in told)


CORRECTION = f"correction:\n  of: 1\n  text: '{MENDED}'\n"
