"""Message content for tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from pipeline.delivery.messages.content import Attachment, Mailbox, MessageContent
from pipeline.models.editions import UNSUBSCRIBE

CONTENT = MessageContent(
    sender=Mailbox("Клъстер „София“", "bulletin@example.bg"),
    reply_to=Mailbox("", "office@example.bg"),
    subject="Иновации – брой 2",
    date=dt.datetime(2023, 12, 20, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=2))),
    language="bg",
    html=f"<p>Здравейте!</p>\n<p><a href='{UNSUBSCRIBE}'>Отписване</a></p>\n" + "<p>Текст</p>\n" * 40,
    text=f"Здравейте!\n\nОтписване: {UNSUBSCRIBE}\n" + "Текст\n" * 40,
    logos=(Attachment("eu.png", b"\x89PNG\r\n\x1a\n" + bytes(200), "image/png"),),
    attachment=Attachment("bulletin-2023-12-20.pdf", b"%PDF-1.7\r\n" + bytes(range(256)) * 20),
    one_click="https://bulletin.example.bg/unsubscribe/",
    boundary="bulletin-0123456789abcdef",
)
TO = Mailbox("Мария Иванова", "maria@example.bg")
MESSAGE_ID = "<0011@example.bg>"
TOKEN = "ab" * 16


def content(**other: Any) -> MessageContent:
    return replace(CONTENT, **other)
