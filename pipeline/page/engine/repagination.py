"""What one page sends on to the next, kept between the engine's passes.

The engine lays pages out in passes: a later one makes only those pages anew whose counters (the
numbers in the contents, in the calendar) have become known. What a page sends on – a card that does
not fit above its foot, a note – it hands over only while it lays out the pages one after the other:
where the next page is made anew alone, the card or the note is on no page at all. Here each page is
given what the page before it last sent on, and none is sent what does not begin on the one before.
Nothing of the engine is imported: `press` hands it in.
"""

from __future__ import annotations

from typing import Any

_KEPT = "sent_on_to"


def keep_what_is_sent_on(layout: Any) -> None:  # noqa: ANN401 - the engine is loaded late, and elsewhere
    """Make the engine hand over what was sent on to a page, in every pass.

    Args:
        layout: The engine's module that makes pages (`weasyprint.layout.page`); doing this to it
            again changes nothing.
    """
    plain = layout.remake_page
    if hasattr(plain, _KEPT):
        return

    def remake_page(index: int, context: Any, *arguments: object) -> Any:  # noqa: ANN401 - the engine's own
        kept = context.__dict__.setdefault(_KEPT, {})
        if index in kept:
            floats, notes = kept[index]
            context.broken_out_of_flow, context.reported_footnotes = dict(floats), list(notes)
        made = plain(index, context, *arguments)
        _take_back(made[0], context.broken_out_of_flow)
        sent_on = (dict(context.broken_out_of_flow), list(context.reported_footnotes))
        before = kept.get(index + 1, sent_on)
        kept[index + 1] = sent_on
        begins_at, *_, state = context.page_maker[index + 1]
        if begins_at is not None and _boxes(*sent_on) != _boxes(*before):
            # The next page begins at the same place in the text, yet not with the same things.
            state["content_changed"] = True
        return made

    setattr(remake_page, _KEPT, True)
    layout.remake_page = remake_page


def _take_back(page: Any, floats: dict[Any, tuple[Any, ...]]) -> None:  # noqa: ANN401 - likewise
    """Send on only what begins on the page as it was made in the end.

    Where a head does not keep its lines with it, the engine sends the article to the next page after it
    has laid out the card once, and sends the rest of that card on as well: it would be there twice.
    """
    begun = {id(box) for box in page.descendants(placeholders=True)}
    for box in [box for box in floats if id(box) not in begun]:
        del floats[box]


def _boxes(floats: dict[Any, tuple[Any, ...]], notes: list[Any]) -> list[int]:
    """Name the boxes of the document that are sent on; what was laid out of them is new every time."""
    return [id(sent[0]) for sent in floats.values()] + [id(note) for note in notes]
