"""What a file carries, and whether it can be sent: attachments (ISO 19005-3, 6.8) and size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pikepdf

from pipeline.findings import Finding, found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.preflight.subject import Subject

MAIL_SLOW: Final = 5_000_000
"""Bytes above which a mail with the file is refused by some offices."""

MAIL_NEVER: Final = 13_100_000
"""Bytes that base64 makes 18 MB of, more than most servers take (RFC 2045, 6.8)."""


def carriage_findings(subject: Subject) -> Iterator[Finding]:
    """Judge attachments and size."""
    carried = attachments_of(subject.pdf)
    if subject.edition.carries_sources:
        if not carried:
            yield found("W160", None)
        for name, held in carried:
            if "/AFRelationship" not in held:
                yield found("E161", None, name=name)
    elif carried:
        yield found("E160", None, name=carried[0][0], count=len(carried))
    if subject.edition.mailed:
        size = f"{len(subject.data) / 1e6:.1f}"
        if len(subject.data) > MAIL_NEVER:
            yield found("E170", None, size=size, limit=f"{MAIL_NEVER / 1e6:.0f}")
        elif len(subject.data) > MAIL_SLOW:
            yield found("W170", None, size=size, limit=f"{MAIL_SLOW / 1e6:.0f}")


def attachments_of(pdf: pikepdf.Pdf) -> list[tuple[str, Any]]:
    """Return the names of the files a PDF carries, with what says it (ISO 32000-2, 7.11)."""
    names: Any = pdf.Root.get("/Names")
    tree: Any = names.get("/EmbeddedFiles") if isinstance(names, pikepdf.Dictionary) else None
    if not isinstance(tree, pikepdf.Dictionary):
        return []
    return [(str(name), held) for name, held in pikepdf.NameTree(tree).items()]
