"""The first day: a publication with its first issue, from a name, a logo, two colours and an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.intake.starting import PLAIN, NewIssue, begin_publication
from pipeline.files.workspace import ISSUES, PUBLICATION, workspace_unless_new
from pipeline.files.yaml_edit import YamlEditor
from pipeline.findings.finding import Finding, IssueError, found
from pipeline.models.values.strings import is_email_address
from pipeline.page.pictures.examination import examine
from pipeline.page.pictures.metadata.cleaning import cleaned_or_as_it_is

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

_SAMPLES: Final = re.compile(r"^# (?:identity|sender):\n(?:#   .*\n)+", re.MULTILINE)
_LOGO_ENDINGS: Final = {
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg",
}


class FirstDay(NamedTuple):
    """What is asked on the first day.

    Args:
        title: What the bulletin is called.
        publisher: Who publishes it.
        email: The address from which it is sent, and which somebody reads.
        main: The main colour, `#RRGGBB`.
        accent: The second colour.
        logo: The bytes of the logo; None where it may wait.
    """

    title: str
    publisher: str
    email: str
    main: str
    accent: str
    logo: bytes | None = None


def faults_of(answers: FirstDay) -> dict[str, Finding]:
    """Return what cannot stay as it was answered, by the answer: an address that is none (E31)."""
    if is_email_address(answers.email):
        return {}
    return {"email": found("E31", None, found=answers.email)}


def begin(root: Path, date: dt.date, language: str, answers: FirstDay) -> NewIssue:
    """Begin a publication with its first issue, as `bulletin new` does, with what was answered.

    Args:
        root: A folder without `issues`, in no workspace.
        date: The date of the first issue.
        language: The language of the publication, `bg` or `en`.
        answers: What was asked.

    Returns:
        The first issue, written with the publication whole or not at all.

    Raises:
        IssueError: There is a publication already (E86), or the logo cannot be one (E625).
        PressError: The files cannot be written (E83).
    """
    if workspace_unless_new(root) is not None:
        raise IssueError([found("E86", None, name=ISSUES)])
    logo = dict([_logo_file(answers.logo)]) if answers.logo else {}

    def filled(text: str) -> str:
        editor = YamlEditor(_with_samples(text), PUBLICATION)
        editor.set(("identity", "main"), answers.main.upper())
        editor.set(("identity", "accent"), answers.accent.upper())
        if logo:
            editor.set(("identity", "logo"), next(iter(logo)))
        else:
            editor.comment_out(("identity", "logo"))
        editor.set(("title",), answers.title)
        editor.set(("publisher", "name"), answers.publisher)
        editor.set(("publisher", "email"), answers.email)
        editor.set(("sender", "name"), answers.publisher)
        editor.set(("sender", "email"), answers.email)
        editor.set(("sender", "reply_to"), answers.email)
        return editor.text

    return begin_publication(root, date, language, filled, logo, PLAIN)


def _with_samples(text: str) -> str:
    """Return the sample of a publication with its commented-out fields `identity` and `sender` as fields."""

    def field(match: re.Match[str]) -> str:
        return "".join(line.removeprefix("# ") for line in match[0].splitlines(keepends=True))

    return _SAMPLES.sub(field, text)


def _logo_file(data: bytes) -> tuple[str, bytes]:
    """Return the name below issues/ of a logo, and its bytes without what they tell besides the picture.

    Raises:
        IssueError: It cannot be a logo (E625).
    """
    name = "logo.svg" if b"<svg" in data[:4096].lower() else "logo"
    info = examine(data, name, None)
    if isinstance(info, Finding) or info.media_type not in _LOGO_ENDINGS:
        raise IssueError([found("E625", None, name="logo")])
    name = f"logos/logo.{_LOGO_ENDINGS[info.media_type]}"
    return name, cleaned_or_as_it_is(data, name)
