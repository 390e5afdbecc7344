"""Previews: a letter as it would be sent, to be looked at by the office; no member's address is in it."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.messages.message import Mould
from pipeline.models.editions import UNSUBSCRIBE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.delivery.ledger.identifiers import Seals
    from pipeline.delivery.messages.message import Letter

_NIGHT = "@media (prefers-color-scheme: dark)"


def previews(letters: Mapping[str, Letter], seals: Seals, domain: str) -> dict[str, bytes]:
    """Return previews of letters.

    Args:
        letters: By language.
        seals: Under the key of the workspace.
        domain: Of the sender.

    Returns:
        By name: the letter as a mail program opens it, addressed to who reads the answers; its HTML as by day
        and as by night, logos within.
    """
    files = {}
    for language, letter in letters.items():
        to = letter.reply_to
        message_id = seals.message_id("preview", Purpose.TEST, to.address, domain)
        files[f"letter.{language}.eml"] = Mould(letter).cast(to, message_id, seals.token("preview"))
        html = _with_logos(letter).replace(UNSUBSCRIBE, "#")
        files[f"letter.{language}.light.html"] = html.replace(_NIGHT, "@media not all").encode()
        files[f"letter.{language}.dark.html"] = html.replace(_NIGHT, "@media all").encode()
    return files


def _with_logos(letter: Letter) -> str:
    held = {logo.name: logo for logo in letter.logos}

    def put(match: re.Match[str]) -> str:
        logo = held[match[1]]
        return f'src="data:{logo.media_type};base64,{base64.b64encode(logo.data).decode()}"'

    return re.sub(r'src="cid:([\w.-]+)"', put, letter.html)
