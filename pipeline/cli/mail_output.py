"""What the commands of the mail answer: who would be sent what, how far it has come, what came back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from pipeline.cli.context import DONE
from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.states import State
from pipeline.delivery.returns.reports import Kind
from pipeline.delivery.sending.dispatch import Ending
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.cli.context import Call
    from pipeline.delivery.returns.bounces import Heeded
    from pipeline.desk.mail.plans import Plan
    from pipeline.desk.mail.records import Account, RunStatus
    from pipeline.desk.mail.sending import Sent

NOT_COMPLETE: Final = 4
STOPPED_BEFORE_HARM: Final = 5
"""Exit statuses of the mail."""

STATES: Final = {
    State.SENT: N_("accepted by the server"),
    State.QUEUED: N_("still to go"),
    State.SENDING: N_("on its way"),
    State.DOT: N_("on its way"),
    State.DEFERRED: N_("put off by the server, will be tried again"),
    State.FAILED: N_("refused by the server"),
    State.UNKNOWN: N_("unknown: the connection ended before the server answered"),
    State.WITHDRAWN: N_("withdrawn: unsubscribed before it went out"),
}
"""What becomes of a promise, in words; nobody but the reader knows what was delivered."""

PURPOSES: Final = {
    Purpose.ISSUE: N_("issue"),
    Purpose.CORRECTION: N_("correction"),
    Purpose.REMINDER: N_("reminder"),
}

KINDS: Final = {
    Kind.FAILED: N_("could not be delivered"),
    Kind.DELAYED: N_("is late"),
    Kind.DELIVERED: N_("was delivered, as a server reports"),
    Kind.AUTOMATIC: N_("an answer of a machine"),
    Kind.UNSUBSCRIBE: N_("a wish to unsubscribe"),
    Kind.LETTER: N_("a letter: read it"),
}

REASONS: Final = {
    "unsubscribed": N_("unsubscribed"),
    "bounced": N_("unreachable"),
    "forgotten": N_("forgotten"),
}


def tell_plan(call: Call, plan: Plan) -> None:
    """Say what would be sent to whom."""
    language = plan.filing.languages[0]
    letter = plan.letters[language].letter
    said = call.terminal.line
    said(call.say(N_("filing {name}: {subject}"), name=plan.filing.name, subject=letter.subject))
    name, address = letter.sender
    text = N_("from {name} <{address}>, answers to {reply}")
    said(call.say(text, name=name, address=address, reply=letter.reply_to.address))
    for reason, count in plan.selection.left_out.items():
        said("  " + call.say(N_("left out: {count} ({reason})"), count=count, reason=call.say(reason)))
    said(call.say(N_("would be sent to: {count}"), count=len(plan.selection.members)))


def tell_sent(call: Call, sent: Sent) -> int:
    """Say how a sending ended, and return the exit status.

    Raises:
        KeyboardInterrupt: The officer wanted it to end.
    """
    tell_counts(call, sent.counted)
    said = call.terminal.line
    if sent.unknown:
        said(call.say(N_("found unknown after the last run was cut short: {count}"), count=sent.unknown))
    open_ones = sent.counted[State.QUEUED] + sent.counted[State.DEFERRED]
    if sent.finding is not None:
        call.terminal.findings([sent.finding], answer=False)
        return STOPPED_BEFORE_HARM
    match sent.delivered.ending:
        case Ending.INTERRUPTED:
            said(call.say(N_("the message in flight was finished; “bulletin mail resume” goes on")))
            raise KeyboardInterrupt
        case Ending.WAITING:
            text = N_("{count} are to be tried again, the next at {time}: “bulletin mail resume”")
            said(call.say(text, count=open_ones, time=clock_time(sent.delivered.due)))
        case _:
            pass
    told = (State.FAILED, State.UNKNOWN, State.DEFERRED, State.QUEUED)
    if any(sent.counted[state] for state in told):
        issue = sent.run.filing.partition("/")[0]
        said(call.say(N_("“bulletin mail report {issue}” names each of them"), issue=issue))
        return NOT_COMPLETE
    return DONE


def tell_counts(call: Call, counted: Mapping[State, int]) -> None:
    """Say how many promises are in each state."""
    for state, text in STATES.items():
        if counted[state]:
            call.terminal.line(f"  {counted[state]:>6}  {call.say(text)}")


def tell_status(call: Call, statuses: Iterable[RunStatus]) -> None:
    """Say how far runs have come."""
    for each in statuses:
        run = each.run
        text = N_("sending {number}: filing {filing}, {purpose}, confirmed {begun}")
        purpose = call.say(PURPOSES[Purpose(run.purpose)])
        begun = clock_time(dt.datetime.fromisoformat(run.begun).timestamp())
        call.terminal.line(call.say(text, number=run.id, filing=run.filing, purpose=purpose, begun=begun))
        tell_counts(call, each.counted)
        if each.due is not None:
            call.terminal.line("  " + call.say(N_("not finished: “bulletin mail resume” goes on")))


def tell_accounts(call: Call, accounts: Iterable[Account]) -> None:
    """Say what became of each, an address a line."""
    for account in accounts:
        promise = account.promise
        address = promise.address or call.say(N_("(forgotten)"))
        parts = [address, call.say(STATES[promise.state])]
        if promise.reply and promise.state is not State.SENT:
            parts.append(promise.reply)
        if account.returned:
            kind, status = account.returned
            parts.append(" ".join(filter(None, (call.say(KINDS[Kind(kind)]), status))))
        if account.suppressed:
            parts.append(call.say(REASONS[account.suppressed]))
        call.terminal.line("\t".join(parts))


def tell_returns(call: Call, heeded: Iterable[Heeded]) -> None:
    """Say what came back."""
    for each in heeded:
        address = (each.promise.address if each.promise else None) or call.say(N_("(nobody of ours)"))
        parts = [each.name, call.say(KINDS[each.returned.kind]), address, each.returned.status]
        if each.withdrawn:
            parts.append(call.say(N_("has nothing more")))
        if not each.is_new:
            parts.append(call.say(N_("read before")))
        call.terminal.line("\t".join(part for part in parts if part))


def clock_time(moment: float) -> str:
    """Return a moment as the clock of the machine shows it."""
    return dt.datetime.fromtimestamp(moment, dt.UTC).astimezone().strftime("%Y-%m-%d %H:%M")
