"""Previews of messages for the office; they contain no member's address."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.messages.template_message import TemplateMessage
from pipeline.models.editions import UNSUBSCRIBE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.delivery.ledger.identifiers import Identifiers
    from pipeline.delivery.messages.content import MessageContent

_DARK_MODE = "@media (prefers-color-scheme: dark)"


def previews(
    contents: Mapping[str, MessageContent], identifiers: Identifiers, domain: str
) -> dict[str, bytes]:
    """Return previews of the messages of an issue.

    Args:
        contents: Content by language.
        identifiers: Identifiers under the key of the workspace.
        domain: Domain of the sender.

    Returns:
        Files by name: the message as a mail program opens it (.eml), addressed to the reply address, and its
        HTML in light and dark mode with the logos embedded.
    """
    files = {}
    for language, content in contents.items():
        to = content.reply_to
        message_id = identifiers.message_id("preview", Purpose.TEST, to.address, domain)
        message = TemplateMessage(content).render(to, message_id, identifiers.token("preview"))
        html = _with_embedded_logos(content).replace(UNSUBSCRIBE, "#")
        files[f"letter.{language}.eml"] = message
        files[f"letter.{language}.light.html"] = html.replace(_DARK_MODE, "@media not all").encode()
        files[f"letter.{language}.dark.html"] = html.replace(_DARK_MODE, "@media all").encode()
    return files


def _with_embedded_logos(content: MessageContent) -> str:
    """Return the HTML with a data: URL in place of each cid: URL, since a browser knows no cid:."""
    html = content.html
    for logo in content.logos:
        data = base64.b64encode(logo.data).decode()
        html = html.replace(f'src="cid:{logo.name}"', f'src="data:{logo.media_type};base64,{data}"')
    return html
