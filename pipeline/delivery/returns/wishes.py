"""Wishes to leave, said in words: recognised to be offered to the office, never carried out by themselves."""

from __future__ import annotations

import re

from pipeline.delivery.returns.server_words import ANSWERED_BEGINS, WISH, says, until


def own_words(text: str) -> str:
    """Return the words of the writer of a message: neither what is answered nor the signature."""
    return until(text, ANSWERED_BEGINS)[0]


def asks_to_leave(subject: str, text: str) -> bool:
    """Return whether a message asks in words to be sent nothing more.

    Args:
        subject: Its subject; that of an answer is ours, and says nothing.
        text: Its text.
    """
    is_answer = re.match(r"\s*(?:re|отг|aw|sv|fwd?|пр)\s*:", subject, re.IGNORECASE)
    return says(own_words(text), WISH) or (not is_answer and says(subject, WISH))
