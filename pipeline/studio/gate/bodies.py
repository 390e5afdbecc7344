"""Bodies of requests within bounds: counted as they come, and refused before they are held."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from starlette.datastructures import Headers
    from starlette.types import Message, Receive

ORDINARY: Final = 4 * 1024 * 1024
"""Bytes of a form or of a document of the editor."""

UPLOAD: Final = 150 * 1024 * 1024
"""Bytes of all the files that arrive at once."""


class TooLargeError(HTTPException):
    """A body is larger than what is taken."""

    def __init__(self) -> None:
        """Keep the status of the answer."""
        super().__init__(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def announces_too_much(headers: Headers, most: int) -> bool:
    """Return whether a request says itself that its body is too large, or says so unintelligibly."""
    length = headers.get("content-length", "0")
    return not (length.isascii() and length.isdecimal()) or len(length) > len(str(most)) or int(length) > most


def bounded(receive: Receive, most: int) -> Receive:
    """Return a receiver that stops at a number of bytes, whatever was announced.

    Args:
        receive: That of the server.
        most: Bytes.

    Returns:
        It raises TooLargeError when more comes.
    """
    count = 0

    async def counted() -> Message:
        nonlocal count
        message = await receive()
        count += len(message.get("body", b""))
        if count > most:
            raise TooLargeError
        return message

    return counted
