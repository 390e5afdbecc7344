"""What became of an arrival: all of it placed as it was meant, or listed; never silently other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.findings.finding import BulletinError
from tests.importing.helpers import codes, findings_text, import_file, written

if TYPE_CHECKING:
    from pathlib import Path

    from tests.importing.by_rule.mails import MailByRule

_DOUBTS = frozenset({"W520", "W521", "W522"})


def fault_of_mail(tmp_path: Path, mail: MailByRule) -> str:
    """Import a mail and return what is wrong, or an empty text."""
    try:
        imported = import_file(tmp_path, written(tmp_path, "mail.eml", mail.data))
    except BulletinError as error:
        return f"{mail.name}: refused: {error.findings}"
    drafts = " ".join(path.read_text("utf-8") for path in sorted(imported.folder.glob("*.md")))
    asked = _DOUBTS & set(codes(imported))
    if "\ufffd" in drafts and "W522" not in asked:
        return f"{mail.name}: letters lost without a word: {drafts}"
    if _plain(mail.text) in _plain(drafts):
        return ""
    if asked and findings_text(imported):
        return ""
    return f"{mail.name}: {drafts[-90:]!r}, and nothing is asked"


def _plain(text: str) -> str:
    return " ".join(text.replace("\\", "").replace('"', "").split())
