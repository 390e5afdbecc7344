"""What an import has read of the files it was given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.findings.finding import Finding
    from pipeline.importing.model.incoming_text import IncomingText


@dataclass(slots=True)
class IncomingFiles:
    """The files read for an import.

    Args:
        texts: In the order their files were named.
        loose: Pictures that no text shows, by file name.
        findings: Errors and warnings about the files.
        names: The names given, which identify the same files in a later import.
    """

    texts: list[IncomingText] = field(default_factory=list)
    loose: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
