"""The inventory of an imported file: all that must be found in the draft, or be reported."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.findings.finding import Finding


class ItemType(StrEnum):
    """The types of items in an inventory."""

    PARAGRAPH = "paragraph"
    CELL = "cell"
    NOTE = "note"
    LINK = "link"
    PICTURE = "picture"


class InventoryItem(NamedTuple):
    """An item of an imported file, which must be found in the draft or reported.

    Args:
        item_type: Its type.
        text: Its words, the target of a link, the key of a picture.
        listed: Whether a finding of the reader reports it already.
    """

    item_type: ItemType
    text: str
    listed: bool = False


class FileInventory(NamedTuple):
    """The contents of a file, read from the file itself and not from the result of its reader.

    Args:
        items: Paragraphs, cells, notes, links and pictures, in order; each is found again in the draft or is
            listed.
        findings: What is there and can have no place in an issue: deletions (W501), remarks (W502), macros
            (W503), pictures that are not in the file (W505), heads and feet (W506), files elsewhere (W514),
            objects and formulas (W515).
    """

    items: tuple[InventoryItem, ...]
    findings: tuple[Finding, ...]
