"""Mailings for tests: opened mail of a filed issue, planned, tested and sent to a test server."""

from __future__ import annotations

import email
import email.policy
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.desk.mail.context import MailContext, open_mail
from pipeline.desk.mail.plans import MailingPlan, MailingRequest, plan
from pipeline.desk.mail.preparation import send_test
from pipeline.desk.mail.sending import Callbacks, SendResult, send
from pipeline.findings.finding import DeliveryError
from tests.support.mails import filed_workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.archive.filing_record import Filing
    from tests.support.mail_servers import Script

OFFICE = "office@example.org"


def opened_mail(tmp_path: Path, server: Script, **options: Any) -> MailContext:
    return open_mail(filed_workspace(tmp_path, server.port, **options))


def newest(mail: MailContext) -> Filing:
    return open_mail(mail.workspace).shelf.filings_of("2023-12-20")[-1]


def send_office_test(mail: MailContext) -> None:
    send_test(mail, newest(mail), OFFICE)


def planned(mail: MailContext, **options: Any) -> MailingPlan:
    return plan(mail, MailingRequest(newest(mail), **options))


def sent(
    mail: MailContext, *, confirmed: int | None = None, callbacks: Callbacks | None = None, **options: Any
) -> SendResult:
    count = len(planned(mail, **options).deliveries) if confirmed is None else confirmed
    return send(mail, MailingRequest(newest(mail), **options), count, callbacks or Callbacks())


def codes(call: Callable[[], object]) -> list[str]:
    """Return the codes of the errors that a call raises."""
    with pytest.raises(DeliveryError) as raised:
        call()
    return [finding.code for finding in raised.value.findings if finding.code.startswith("E")]


def to_members(server: Script) -> list[str]:
    return [to for _, to, _ in server.messages if to != OFFICE]


def message_to(server: Script, address: str) -> Any:
    (data,) = [data for _, to, data in server.messages if to == address]
    return email.message_from_bytes(data, policy=email.policy.default)


def message_in(server: Script, language: str) -> Any:
    parsed = (email.message_from_bytes(data, policy=email.policy.default) for _, _, data in server.messages)
    return next(message for message in parsed if message["Content-Language"] == language)
