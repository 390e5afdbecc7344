"""What a mailing was confirmed with: the settings that its messages show, and how they differ today."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipeline.delivery.settings.reader import SETTINGS
from pipeline.files.workspace import PUBLICATION
from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.delivery.ledger.records import Mailing
    from pipeline.delivery.messages.filed_content import FiledContent

_PAGE = "unsubscribe"


def digests_of(contents: Mapping[str, FiledContent]) -> str:
    """Return the digests of the messages, by language: `bg:… en:…`."""
    return " ".join(f"{language}:{each.digest}" for language, each in contents.items())


def settings_of(contents: Mapping[str, FiledContent]) -> str:
    """Return the settings that the messages show, as the ledger keeps them (JSON)."""
    return json.dumps(_shown(contents), ensure_ascii=False, sort_keys=True)


def changes_since(mailing: Mailing, contents: Mapping[str, FiledContent]) -> list[Finding]:
    """Return how the messages differ from those that were confirmed.

    Args:
        mailing: The mailing.
        contents: Content of its messages as they would be made now, by language.

    Returns:
        Each setting that differs, with both values (E366); E390 if the messages differ though no setting is
        known to; nothing if they are the same.
    """
    if digests_of(contents) == mailing.digests:
        return []
    issue = mailing.filing.partition("/")[0]
    now = _shown(contents)
    before = json.loads(mailing.settings) if mailing.settings else now
    differing = [name for name in now if before.get(name, "") != now[name]]
    if not differing:
        return [found("E390", None, issue=issue)]
    return [
        found(
            "E366",
            Place(SETTINGS if name == _PAGE else PUBLICATION),
            field=name,
            before=before.get(name, ""),
            now=now[name],
            issue=issue,
        )
        for name in differing
    ]


def _shown(contents: Mapping[str, FiledContent]) -> dict[str, str]:
    """Return the settings by the names of their fields; those of a translation with its language."""
    shown: dict[str, str] = {}
    for at, (language, each) in enumerate(contents.items()):
        content = each.content
        fields = {
            "sender.name": content.sender.name,
            "sender.email": content.sender.address,
            "sender.reply_to": content.reply_to.address,
            _PAGE: content.one_click,
        }
        for name, value in fields.items():
            if at == 0:
                shown[name] = value
            elif value != shown[name]:
                shown[f"{name} ({language})"] = value
    return shown
