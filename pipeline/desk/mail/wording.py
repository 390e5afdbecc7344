"""What becomes of letters and of those who get them, in words that every interface of the program uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.states import State
from pipeline.delivery.returns.reports import ReturnType
from pipeline.delivery.returns.status_codes import Cause
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.desk.mail.records import ForgetResult, UnsubscribeResult

STATES: Final = {
    State.SENT: N_("accepted by the server"),
    State.QUEUED: N_("still to go"),
    State.SENDING: N_("on its way"),
    State.END_OF_DATA: N_("on its way"),
    State.DEFERRED: N_("put off by the server, will be tried again"),
    State.FAILED: N_("refused by the server"),
    State.UNKNOWN: N_("unknown: the connection ended before the server answered"),
    State.WITHDRAWN: N_("withdrawn: unsubscribed before it went out"),
    State.CANCELLED: N_("cancelled: not sent"),
}
"""Words for the states; none says “delivered”, for a server's acceptance does not prove that."""

PURPOSES: Final = {
    Purpose.ISSUE: N_("issue"),
    Purpose.CORRECTION: N_("correction"),
    Purpose.REMINDER: N_("reminder"),
}

REASONS: Final = {
    "unsubscribed": N_("unsubscribed"),
    "complained": N_("complained"),
    "asked": N_("held back until you decide"),
    "bounced": N_("unreachable"),
    "forgotten": N_("forgotten"),
}

RETURN_TYPES: Final = {
    ReturnType.FAILED: N_("could not be delivered"),
    ReturnType.DELAYED: N_("is late"),
    ReturnType.DELIVERED: N_("was delivered, as a server reports"),
    ReturnType.AUTOMATIC: N_("an answer of a machine"),
    ReturnType.COMPLAINT: N_("a complaint"),
    ReturnType.NOTICE: N_("a notice that asks for nothing"),
    ReturnType.UNSUBSCRIBE: N_("a wish to unsubscribe"),
    ReturnType.WISH: N_("a letter that asks to be unsubscribed"),
    ReturnType.LETTER: N_("a letter: read it"),
}

CAUSES: Final = {
    Cause.RECIPIENT_GONE: N_("no such address"),
    Cause.DOMAIN_GONE: N_("the domain takes no mail"),
    Cause.MAILBOX_DISABLED: N_("the mailbox takes nothing"),
    Cause.MAILBOX_FULL: N_("the mailbox is full"),
    Cause.SENDER: N_("because of the sender or a policy"),
    Cause.MESSAGE: N_("because of its size or contents"),
    Cause.ROUTE: N_("it did not get all the way"),
    Cause.UNKNOWN: N_("the reason is not clear"),
}


def words_of_unsubscribing(result: UnsubscribeResult, *, undo: bool) -> str:
    """Return what became of a wish, as a message with `{address}`.

    Args:
        result: Result of `unsubscribe`.
        undo: Whether the wish was to have the bulletin again.
    """
    if undo and result.is_changed:
        return N_("{address} may have the bulletin again")
    if undo:
        return N_("{address} did not unsubscribe here, or was forgotten: then it stays so")
    if result.is_known:
        return N_("{address} has nothing more, from the next message on")
    return N_("nobody with the address {address} was known; it is noted that nothing is sent there")


def words_of_forgetting(result: ForgetResult) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield what became of forgetting an address, and what is left to do: messages with their values."""
    if result.is_known:
        text = N_("forgotten (letters: {promises}, backups: {backups}); nothing more will be sent there")
        yield text, {"promises": result.deliveries, "backups": result.backups}
    else:
        text = N_("nobody with the address {address} was known; it is noted that nothing is sent there")
        yield text, {"address": result.address}
    for name, row in result.lists:
        yield (
            N_("your own list still names it: {name}, row {row}; delete the row"),
            {"name": name, "row": row},
        )
    if not result.lists:
        text = N_("see that your own list does not name it any more; letters to it may lie in your mailbox")
        yield text, {}
