"""Events of calendars as incoming texts, alone or with the mail that invites to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.importing.formats.markdown_text import markup_of
from pipeline.importing.html.page import read_page
from pipeline.importing.model.inventory import InventoryItem, ItemType
from pipeline.importing.model.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.importing.model.incoming_event import IncomingEvent
    from pipeline.importing.model.incoming_text import IncomingText


def text_of_event(event: IncomingEvent, name: str) -> IncomingText:
    """Return an event as a text: its description, with the event.

    Args:
        event: As the calendar gives it.
        name: The name of the file.
    """
    page = read_page(f"<!DOCTYPE html><body>{markup_of(event.description)}</body>", name)
    return replace(page, title=event.title, event=event, inventory=(*_items(event), *page.inventory))


def with_event(text: IncomingText, event: IncomingEvent) -> IncomingText:
    """Return the text of a mail with the event it invites to.

    What the calendar describes is the text where the mail has no words; otherwise it is placed where the mail
    says the same, or else listed.

    Args:
        text: The mail.
        event: As its calendar gives it.
    """
    if not text.blocks:
        alone = text_of_event(event, text.name)
        return replace(
            alone,
            author=text.author,
            sent=text.sent,
            pictures=text.pictures,
            inventory=(*alone.inventory, *text.inventory),
            findings=(*text.findings, *alone.findings),
        )
    items = [*_items(event), *text.inventory]
    if not set(words_of(event.description)) <= _words(text):
        items.append(InventoryItem(ItemType.PARAGRAPH, event.description))
    return replace(text, event=event, inventory=tuple(items))


def _items(event: IncomingEvent) -> Iterator[InventoryItem]:
    """Yield what an event says, each to be found in the draft or listed; its organiser is always offered."""
    said = (event.title, event.start, event.end, event.place, event.url)
    yield from (InventoryItem(ItemType.PARAGRAPH, each) for each in said if words_of(each))


def _words(text: IncomingText) -> set[str]:
    return {word for item in text.inventory for word in words_of(item.text)}
