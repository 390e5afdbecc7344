"""Which recipients the office was shown last: what is confirmed by their number goes to these alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from pipeline.delivery.ledger.mail_folder import write_secret
from pipeline.delivery.settings.passwords import read_secret

if TYPE_CHECKING:
    from pipeline.desk.mail.context import MailContext
    from pipeline.desk.mail.plans import MailingPlan, MailingRequest

SHOWN: Final = "shown.json"
_MOST: Final = 50


def note_shown(mail: MailContext, planned: MailingPlan) -> None:
    """Keep the sign of the recipients that the office is shown.

    Raises:
        DeliveryError: What was kept before cannot be read (E89, E352).
    """
    shown = _shown(mail)
    name = _name(planned.request)
    shown.pop(name, None)
    shown[name] = planned.listed
    data = json.dumps(dict([*shown.items()][-_MOST:]), ensure_ascii=False, indent=1)
    write_secret(mail.folder.path / SHOWN, data.encode() + b"\n")


def shown_for(mail: MailContext, request: MailingRequest) -> str:
    """Return the sign of the recipients shown last for a filing and a purpose; empty where none were.

    Raises:
        DeliveryError: It cannot be read (E89, E352).
    """
    return _shown(mail).get(_name(request), "")


def _name(request: MailingRequest) -> str:
    return f"{request.filing.name} {request.purpose}"


def _shown(mail: MailContext) -> dict[str, str]:
    try:
        shown = json.loads(read_secret(mail.folder.path / SHOWN) or b"{}")
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(sign) for name, sign in shown.items()} if isinstance(shown, dict) else {}
