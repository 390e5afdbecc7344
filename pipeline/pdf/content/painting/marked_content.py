"""Marked content: what is tagged, and what is no part of the text (ISO 32000-2, 14.6)."""

from __future__ import annotations

from typing import Any

import pikepdf

from pipeline.pdf.content.graphics_state import named


def is_tagged(operands: Any, resources: Any) -> bool:
    """Return whether marked content is tagged or an artifact (14.6, 14.8.2).

    Args:
        operands: Of BDC or BMC.
        resources: Those of the content.
    """
    if not len(operands):
        return False
    if str(operands[0]) == "/Artifact":
        return True
    entries = operands[1] if len(operands) > 1 else None
    if isinstance(entries, pikepdf.Name):
        entries = named(resources, "/Properties", entries)
    return isinstance(entries, pikepdf.Dictionary) and "/MCID" in entries
