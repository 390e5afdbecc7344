"""Output of the mail commands: plans, results, delivery reports and returned messages."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from pipeline.cli.context import DONE
from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.states import State
from pipeline.delivery.returns.reports import ReturnType
from pipeline.delivery.sending.dispatcher import Ending
from pipeline.desk.mail.wording import CAUSES, PURPOSES, REASONS, RETURN_TYPES, STATES
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.cli.context import CommandContext
    from pipeline.delivery.ledger.records import Delivery, Mailing
    from pipeline.delivery.returns.bounces import ProcessedReturn
    from pipeline.desk.mail.plans import MailingPlan
    from pipeline.desk.mail.records import DeliveryReport, MailingStatus
    from pipeline.desk.mail.returned_mail import ReturnsResult
    from pipeline.desk.mail.sending import SendResult

NOT_COMPLETE: Final = 4
STOPPED_BEFORE_HARM: Final = 5
"""Exit statuses of the mail."""


def show_plan(context: CommandContext, plan: MailingPlan) -> None:
    """Show what would be sent to whom."""
    filing = plan.request.filing
    content = plan.contents[filing.languages[0]].content
    show = context.terminal.line
    show(context.say(N_("filing {name}: {subject}"), name=filing.name, subject=content.subject))
    name, address = content.sender
    text = N_("from {name} <{address}>, answers to {reply}")
    show(context.say(text, name=name, address=address, reply=content.reply_to.address))
    for reason, count in plan.selection.left_out.items():
        show("  " + context.say(N_("left out: {count} ({reason})"), count=count, reason=context.say(reason)))
    for left in plan.left:
        text = (
            N_("of {filing}, put off by the server, cancelled as this edition replaces it: {count}")
            if left.is_mended
            else N_("of {filing}, put off by the server, left for “bulletin mail resume”: {count}")
        )
        show("  " + context.say(text, count=left.letters, filing=left.mailing.filing))
    show(context.say(N_("would be sent to: {count}"), count=len(plan.deliveries)))


def show_result(context: CommandContext, sent: SendResult) -> int:
    """Show how sending ended, and return the exit status.

    Raises:
        KeyboardInterrupt: It was interrupted by Ctrl-C.
    """
    counts = sent.state_counts
    show_counts(context, counts)
    show = context.terminal.line
    if sent.unknown:
        show(context.say(N_("found unknown after the last run was cut short: {count}"), count=sent.unknown))
    if sent.finding is not None:
        context.terminal.findings([sent.finding], answer=False)
        return STOPPED_BEFORE_HARM
    match sent.result.ending:
        case Ending.INTERRUPTED:
            show(context.say(N_("the message in flight was finished; “bulletin mail resume” goes on")))
            raise KeyboardInterrupt
        case Ending.WAITING:
            text = N_("{count} are to be tried again, the next at {time}: “bulletin mail resume”")
            show(
                context.say(
                    text,
                    count=counts[State.QUEUED] + counts[State.DEFERRED],
                    time=clock_time(sent.result.due),
                )
            )
        case _:
            pass
    for filing in sent.others:
        show(
            context.say(
                N_("a sending of {filing} is not finished: “bulletin mail resume” again"), filing=filing
            )
        )
    if any(counts[state] for state in (State.FAILED, State.UNKNOWN, State.DEFERRED, State.QUEUED)):
        issue = sent.mailing.filing.partition("/")[0]
        show(context.say(N_("“bulletin mail report {issue}” names each of them"), issue=issue))
        return NOT_COMPLETE
    return DONE


def show_counts(context: CommandContext, counts: Mapping[State, int]) -> None:
    """Show how many deliveries are in each state."""
    for state, text in STATES.items():
        if counts[state]:
            context.terminal.line(f"  {counts[state]:>6}  {context.say(text)}")


def show_status(context: CommandContext, statuses: Iterable[MailingStatus]) -> None:
    """Show the progress of mailings."""
    for each in statuses:
        show_mailing(context, each.mailing)
        show_counts(context, each.state_counts)
        if each.due is not None:
            text = N_("not finished: “bulletin mail resume” goes on, “bulletin mail cancel” ends it")
            context.terminal.line("  " + context.say(text))


def show_mailing(context: CommandContext, mailing: Mailing) -> None:
    """Show which mailing it is."""
    text = N_("sending {number}: filing {filing}, {purpose}, confirmed {begun}")
    purpose = context.say(PURPOSES[Purpose(mailing.purpose)])
    begun = clock_time(dt.datetime.fromisoformat(mailing.begun).timestamp())
    context.terminal.line(
        context.say(text, number=mailing.id, filing=mailing.filing, purpose=purpose, begun=begun)
    )


def show_deliveries(context: CommandContext, reports: Iterable[DeliveryReport]) -> None:
    """Show what became of each delivery, one a line."""
    for report in reports:
        delivery = report.delivery
        address = named(context, delivery)
        parts = [address, context.say(STATES[delivery.state])]
        if delivery.reply and delivery.state is not State.SENT:
            parts.append(delivery.reply)
        if report.returned:
            return_type, status = report.returned
            parts.append(" ".join(filter(None, (context.say(RETURN_TYPES[ReturnType(return_type)]), status))))
        if report.suppressed:
            parts.append(context.say(REASONS[report.suppressed]))
        context.terminal.line("\t".join(parts))


def named(context: CommandContext, delivery: Delivery) -> str:
    """Return the address of a delivery, or why there is none."""
    if delivery.address:
        return delivery.address
    # A delivery that was taken over from the record beside the ledger has an identifier, but no address.
    return context.say(N_("(address not known)") if delivery.recipient else N_("(forgotten)"))


def show_return(context: CommandContext, processed: ProcessedReturn) -> None:
    """Show a returned message, in one line; what cannot be read is shown as a finding."""
    if processed.returned is None:
        return
    returned, delivery = processed.returned, processed.delivery
    address = (delivery.address if delivery else None) or context.say(N_("(nobody of ours)"))
    parts = [processed.name, context.say(RETURN_TYPES[returned.type]), address, returned.status]
    if returned.type in {ReturnType.FAILED, ReturnType.DELAYED}:
        parts += [context.say(CAUSES[returned.verdict.cause]), returned.verdict.words]
    if processed.suppressed:
        parts.append(context.say(REASONS[processed.suppressed]))
    if not processed.is_new:
        parts.append(context.say(N_("read before")))
    context.terminal.line("\t".join(part for part in parts if part))


def show_withdrawn(context: CommandContext, result: ReturnsResult) -> None:
    """Show how many returned messages were read, and who has nothing more because of reports."""
    show = context.terminal.line
    for each in result.withdrawn:
        address = each.address or context.say(N_("(forgotten)"))
        show(context.say(N_("{address} has nothing more: {words}"), address=address, words=each.words))
    if result.withdrawn:
        show("  " + context.say(N_("to undo it: “bulletin mail unsubscribe ADDRESS --undo”")))
    text = N_("letters: {count}; have nothing more because of reports: {withdrawn}")
    show(context.say(text, count=result.letters, withdrawn=len(result.withdrawn)))


def clock_time(moment: float) -> str:
    """Return a moment, in seconds since 1970, in the time zone of the machine."""
    return dt.datetime.fromtimestamp(moment, dt.UTC).astimezone().strftime("%Y-%m-%d %H:%M")
