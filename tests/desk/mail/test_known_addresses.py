"""Whom an address means: written in any way it is one mailbox; nobody of that address is told, not done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.delivery.ledger.addresses import address_key, ascii_domain, former_key
from pipeline.delivery.ledger.identifiers import KEY_LENGTH, Identifiers, Purpose
from pipeline.delivery.ledger.mail_folder import BACKUPS, LEDGER, MailFolder
from pipeline.delivery.ledger.records import NewDelivery
from pipeline.delivery.members.model import Member
from pipeline.delivery.members.selection import SUPPRESSED, RecipientRecords, SelectionFilter, select
from pipeline.desk.mail.records import forget, unsubscribe
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import DeliveryError
from tests.support.mailings import codes

if TYPE_CHECKING:
    from pathlib import Path

ASCII, UNICODE = "ivan@xn--e1afmkfd.xn--90ae", "ivan@пример.бг"
WRITTEN = (
    ASCII,
    UNICODE,
    "Ivan@ПРИМЕР.БГ",
    f" {UNICODE}\u00a0",
    f"Иван Петров <{UNICODE}>",
    f"mailto:{ASCII};",
    "IVAN@XN--E1AFMKFD.XN--90AE.",
)


@pytest.fixture
def folder(tmp_path: Path) -> MailFolder:
    """A mail folder whose ledger knows one address, and whose list another."""
    opened = MailFolder(Workspace(tmp_path))
    names = opened.identifiers()
    delivery = NewDelivery(names.recipient(ASCII), names.token(ASCII), "<1@x>", ASCII, "Иван", "bg")
    with opened.ledger() as ledger:
        ledger.begin("2023-12-20/1", Purpose.ISSUE, date="x", digests="x", deliveries=[delivery])
        opened.back_up(ledger)
    (opened.path / "members.csv").write_text("Имейл;Име\nmaria.petrova@example.bg;Мария\n", "utf-8")
    return opened


@pytest.mark.parametrize("written", WRITTEN)
def test_an_address_is_one_however_it_is_written(folder: MailFolder, written: str) -> None:
    assert address_key(written) == ASCII
    forgotten = forget(folder, written)
    assert (forgotten.deliveries, forgotten.backups, forgotten.is_known) == (1, 1, True)
    words = [ASCII.encode(), folder.identifiers().token(ASCII).encode()]
    files = [path.read_bytes() for path in folder.path.rglob("*") if path.is_file()]
    assert not [word for word in words for data in files if word in data]
    with folder.ledger() as ledger:
        assert ledger.suppressed() == {folder.identifiers().recipient(ASCII): "forgotten"}
    # Who is forgotten is known still, and may be forgotten once more.
    assert forget(folder, written).deliveries == 0


@given(
    st.text(st.characters(categories=["Ll", "Lu", "Nd"]), min_size=1, max_size=12),
    st.sampled_from(["bg", "бг", "COM"]),
)
def test_a_key_is_its_own_key_and_no_case_changes_it(local: str, ending: str) -> None:
    key = address_key(f"{local}@пример.{ending}")
    assert address_key(key) == key
    assert address_key(f"  {local.upper()}@ПРИМЕР.{ending.upper()} ") == address_key(
        f"{local.upper()}@пример.{ending}"
    )
    assert key.rpartition("@")[2].isascii()


def test_a_domain_that_cannot_be_converted_is_left_as_it_is() -> None:
    assert ascii_domain("а_б.бг") == "а_б.бг"
    assert address_key("x@a_b.bg") == "x@a_b.bg"
    assert address_key("no address") == "no address"
    assert former_key("x@xn--a.bg") in {"", "x@xn--a.bg"}
    assert former_key("x@example.bg") == ""


def test_who_was_unsubscribed_under_the_key_of_earlier_versions_is_so_still() -> None:
    identifiers = Identifiers(bytes(KEY_LENGTH))
    former = identifiers.former_recipient(ASCII)
    assert former not in {"", identifiers.recipient(ASCII)}
    selection = select(
        [Member(address=ASCII), Member(address="maria@example.bg")],
        SelectionFilter(),
        identifiers=identifiers,
        purpose=Purpose.ISSUE,
        records=RecipientRecords(queued=(), had_mended=None, suppressed={former}),
    )
    assert [member.address for member in selection.members] == ["maria@example.bg"]
    assert selection.left_out == {SUPPRESSED: 1}


@pytest.mark.parametrize("act", [forget, unsubscribe])
def test_nobody_of_an_address_is_told_with_who_is_near(folder: MailFolder, act: type) -> None:
    for written, guess in (
        ("ivan@primer.bg", ""),
        ("ivna@пример.бг", f"“{ASCII}”"),
        ("maria.petrov@example.bg", "“maria.petrova@example.bg”"),
        ("someone@else.example", ""),
    ):
        with pytest.raises(DeliveryError) as raised:
            act(folder, written)
        (finding,) = raised.value.findings
        assert (finding.code, dict(finding.values)["guess"]) == ("E386", guess)
    with folder.ledger() as ledger:
        assert ledger.suppressed() == {}
    assert codes(lambda: act(folder, "no address")) == ["E383"]
    result = act(folder, "someone@else.example", anyway=True)
    assert not result.is_known
    with folder.ledger() as ledger:
        assert len(ledger.suppressed()) == 1


def test_who_stands_in_a_list_alone_is_known(folder: MailFolder) -> None:
    assert unsubscribe(folder, "Maria.Petrova@example.bg").is_known
    assert forget(folder, "maria.petrova@example.bg").lists == (("mail/members.csv", 2),)


def test_a_backup_that_cannot_be_read_is_named_and_jams_nothing(folder: MailFolder) -> None:
    broken = folder.path / BACKUPS / "2020-01-01T00-00-00.000000Z"
    broken.mkdir()
    (broken / LEDGER).write_bytes(b"no ledger, ivan@xn--e1afmkfd.xn--90ae" * 100)
    with pytest.raises(DeliveryError) as raised:
        forget(folder, UNICODE)
    assert [(each.code, dict(each.values)["name"]) for each in raised.value.findings] == [
        ("E397", f"mail/backups/{broken.name}")
    ]
    with folder.ledger() as ledger:
        assert ledger.pending_erasures()
        assert ledger.deliveries()[0].address is None
        folder.back_up(ledger)
    assert unsubscribe(folder, "maria.petrova@example.bg").is_known
    (broken / LEDGER).unlink()
    with folder.ledger() as ledger:
        assert not ledger.pending_erasures()
