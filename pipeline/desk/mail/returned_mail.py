"""Returned messages: each is read and heeded; many withdrawals at once are confirmed by the office first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.returns.bounces import ProcessedReturn, process_returned
from pipeline.delivery.returns.reports import ReturnType
from pipeline.delivery.returns.status_codes import Cause
from pipeline.delivery.returns.withdrawal import Candidate, needs_confirmation
from pipeline.findings.finding import Finding, found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pipeline.delivery.ledger.mail_folder import MailFolder

_OF_OFFICE: Final = {Cause.SENDER: "W381", Cause.MESSAGE: "W382", Cause.ROUTE: "W383"}
"""Causes that are the office's own matter, with the finding that says what to do."""


class ReturnsResult(NamedTuple):
    """Result of reading returned messages.

    Args:
        letters: How many were read.
        withdrawn: Who is sent nothing more from now on, and was until now.
        findings: What the office should know or decide; an error where withdrawals wait to be confirmed.
    """

    letters: int
    withdrawn: tuple[Candidate, ...]
    findings: tuple[Finding, ...]


def process_returned_files(
    folder: MailFolder,
    paths: Iterable[Path],
    *,
    confirm: int | None = None,
    on_processed: Callable[[ProcessedReturn], None] = lambda _: None,
) -> ReturnsResult:
    """Read returned messages and record them; see `process_returned`.

    Whoever cannot be reached is sent nothing more, unless so many at once are likelier a fault of ours or
    of one server: then nobody is withdrawn because of reports until their number is confirmed.

    Args:
        folder: Mail folder.
        paths: Messages, mailboxes, and folders of either.
        confirm: How many withdrawals the office confirms; None where it was not asked yet.
        on_processed: Called for each message as soon as it was read and recorded.
    """
    identifiers = folder.identifiers()
    candidates: dict[str, Candidate] = {}
    processed: list[ProcessedReturn] = []
    with folder.ledger() as ledger:
        for each in process_returned(paths, ledger, identifiers.recipient):
            processed.append(each)
            on_processed(each)
            if each.candidate is not None:
                candidates[each.candidate.recipient] = each.candidate
        findings = list(_findings(processed))
        withdrawn = tuple(candidates.values())
        if confirm != len(withdrawn) and needs_confirmation(withdrawn, ledger.letters_of):
            names = ", ".join(sorted(each.address or each.recipient[:8] for each in withdrawn))
            findings.append(found("E384", None, count=len(withdrawn), names=names))
            withdrawn = ()
        for each_candidate in withdrawn:
            ledger.suppress(each_candidate.recipient, "bounced")
    return ReturnsResult(sum(each.returned is not None for each in processed), withdrawn, tuple(findings))


def _findings(processed: Iterable[ProcessedReturn]) -> Iterator[Finding]:
    of_office: Counter[tuple[str, str]] = Counter()
    for each in processed:
        if each.fault is not None:
            yield each.fault
            continue
        assert each.returned is not None  # noqa: S101 - a file is read or has a fault
        verdict = each.returned.verdict
        if each.suppressed == "asked" and each.delivery is not None:
            yield found("W384", None, name=each.name, address=each.returned.sender)
        elif each.returned.type is ReturnType.COMPLAINT and not each.is_proven:
            yield found("W385", None, name=each.name)
        elif each.returned.type in {ReturnType.FAILED, ReturnType.DELAYED} and verdict.cause in _OF_OFFICE:
            of_office[_OF_OFFICE[verdict.cause], verdict.words] += 1
    for code in _OF_OFFICE.values():
        found_words = {words: count for (own, words), count in of_office.items() if own == code}
        if found_words:
            words = max(found_words, key=lambda each: (found_words[each], each))
            yield found(code, None, count=sum(found_words.values()), words=words)
