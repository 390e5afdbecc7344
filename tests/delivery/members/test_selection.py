"""Selection of recipients: who is left out, by which reason, and what is queued for the rest."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.members.model import Member, Status
from pipeline.delivery.members.selection import (
    HAD_EARLIER,
    NARROWED,
    NEVER_HAD,
    PAUSED,
    SENT_BEFORE,
    SUPPRESSED,
    RecipientRecords,
    Selection,
    SelectionFilter,
    new_deliveries,
    select,
)
from pipeline.findings.finding import DeliveryError
from tests.support.deliveries import FILING, IDENTIFIERS

MARIA = Member(
    address="maria@example.bg", name="Мария", language="bg", groups=("управителен съвет", "партньори")
)
JOHN = Member(address="john@example.org", name="John", language="en", groups=("партньори",))
PETYA = Member(address="petya@xn--e1afmkfd.xn--90ae", name="Петя", language="de")
ALL = (MARIA, JOHN, PETYA)


def identifier(member: Member) -> str:
    return IDENTIFIERS.recipient(member.address)


def selected(
    *members: Member,
    restriction: SelectionFilter | None = None,
    purpose: Purpose = Purpose.ISSUE,
    queued: tuple[str, ...] = (),
    had_mended: tuple[str, ...] | None = None,
    suppressed: tuple[str, ...] = (),
) -> Selection:
    return select(
        members or ALL,
        restriction or SelectionFilter(),
        identifiers=IDENTIFIERS,
        purpose=purpose,
        records=RecipientRecords(queued, had_mended, suppressed),
    )


def test_everybody_active_is_selected_in_the_order_of_the_list() -> None:
    assert selected() == Selection(ALL, {})


@pytest.mark.parametrize("status", [Status.PAUSED, Status.UNSUBSCRIBED])
def test_who_is_not_active_is_left_out(status: Status) -> None:
    assert selected(MARIA, JOHN.model_copy(update={"status": status})) == Selection((MARIA,), {PAUSED: 1})


def test_who_is_suppressed_is_left_out() -> None:
    assert selected(suppressed=(identifier(JOHN),)) == Selection((MARIA, PETYA), {SUPPRESSED: 1})


def test_who_was_suppressed_by_a_former_identifier_is_left_out() -> None:
    former = IDENTIFIERS.former_recipient(PETYA.address)
    assert former not in {"", identifier(PETYA)}
    assert selected(suppressed=(former,)) == Selection((MARIA, JOHN), {SUPPRESSED: 1})


def test_who_is_queued_already_is_left_out() -> None:
    assert selected(queued=(identifier(MARIA),)) == Selection((JOHN, PETYA), {SENT_BEFORE: 1})


def test_a_correction_is_for_those_who_had_what_it_corrects() -> None:
    had = (identifier(MARIA), identifier(PETYA))
    assert selected(purpose=Purpose.CORRECTION, had_mended=had) == Selection((MARIA, PETYA), {NEVER_HAD: 1})
    assert selected(had_mended=had) == Selection((JOHN,), {HAD_EARLIER: 2})


def test_a_mailing_is_narrowed_to_groups_and_recipients() -> None:
    assert selected(restriction=SelectionFilter(groups=("управителен съвет",))) == Selection(
        (MARIA,), {NARROWED: 2}
    )
    only = SelectionFilter(only=frozenset({identifier(JOHN), identifier(PETYA)}))
    assert selected(restriction=only) == Selection((JOHN, PETYA), {NARROWED: 1})
    excepted = SelectionFilter(groups=("партньори",), excepted=frozenset({identifier(MARIA)}))
    assert selected(restriction=excepted) == Selection((JOHN,), {NARROWED: 2})


def test_a_group_that_the_list_lacks_is_named_with_the_nearest() -> None:
    with pytest.raises(DeliveryError) as raised:
        selected(restriction=SelectionFilter(groups=("партньор", "партньори")))
    (finding,) = raised.value.findings
    values: dict[str, Any] = dict(finding.values)
    assert (finding.code, values["found"], values["guess"]) == ("E367", "партньор", "партньори")
    assert values["known"] == "партньори, управителен съвет"


def test_each_is_queued_in_their_language_or_the_first_of_the_filing() -> None:
    queued = new_deliveries(
        ALL,
        identifiers=IDENTIFIERS,
        purpose=Purpose.ISSUE,
        filing=FILING,
        domain="example.bg",
        languages=("bg", "en"),
    )
    assert [(each.address, each.name, each.language) for each in queued] == [
        ("maria@example.bg", "Мария", "bg"),
        ("john@example.org", "John", "en"),
        ("petya@xn--e1afmkfd.xn--90ae", "Петя", "bg"),
    ]
    assert [each.recipient for each in queued] == [identifier(member) for member in ALL]
    assert len({each.token for each in queued} | {each.message_id for each in queued}) == 2 * len(ALL)
