"""The values of facts as plain text and as HTML."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, assert_never

from markupsafe import Markup

from pipeline.models.kinds.presentation import Contact, Count, Countries, Span, Words
from pipeline.models.press_plan import AddressCodes
from pipeline.models.values.facts import Budget, Money, Period
from pipeline.page.figures.address_code import address_code
from pipeline.page.figures.bar_lengths import bar_width
from pipeline.page.identity.roles import NO_INK, SOLID_BLACK
from pipeline.page.markup import kept, linked, shown_address, words
from pipeline.page.pictures.svg_inks import as_css
from pipeline.typography import dates, localisation

if TYPE_CHECKING:
    from pipeline.models.editions import Edition
    from pipeline.models.kinds.presentation import Fact, Value
    from pipeline.models.press_plan import PressPlan
    from pipeline.page.style import Style

_REGISTRATION: Final = "Registration"
"""The label of the fact that says how to register."""


def fact_text(value: Value, language: str, *, date_once: bool = True) -> str:
    """Return a value as plain text; see `fact_markup` for the arguments."""
    match value:
        case Words() | Contact():
            return value.text
        case Span():
            return dates.span(value.start, value.end, language, date_once=date_once)
        case dt.date():
            return dates.full_date(value, language)
        case Period():
            return dates.period(value, language)
        case Money():
            return localisation.money(value, language)
        case Budget():
            return localisation.money(value.total, language)
        case Count():
            return localisation.plural_label(value.one, value.many, value.number, language)
        case Countries():
            names = [localisation.country_name(code, language) for code in value.codes]
            return localisation.listing(names, language)
        case _:
            assert_never(value)


def fact_markup(
    value: Value, language: str, publisher: str, own_cyrillic: str = "", *, date_once: bool = False
) -> str:
    """Return a value as HTML; text that is not marked up is left to the template to escape.

    Args:
        value: Of a typeset issue.
        language: The language of the text.
        publisher: The short name of the publisher, whose share of a budget is shown.
        own_cyrillic: The language of names in Cyrillic letters; see `markup.words`.
        date_once: Whether a span within one day has its date once; see `dates.span`.
    """
    match value:
        case Words() | Countries():
            return words(fact_text(value, language), language, own_cyrillic)
        case Contact():
            return contact_markup(value.text, language, own_cyrillic)
        case Budget():
            return _budget(value, language, publisher, own_cyrillic)
        case Span() | dt.date() | Period() | Money() | Count():
            return kept(fact_text(value, language, date_once=date_once), years=True)
        case _:
            assert_never(value)


def contact_address(text: str) -> str:
    """Return the target of a contact: a web address or a `mailto:` address, or an empty text."""
    if re.fullmatch(r"[^@\s]+@[^@\s]+", text):
        return f"mailto:{text}"
    return text if text.startswith(("http://", "https://")) else ""


def contact_markup(text: str, language: str, own_cyrillic: str = "") -> Markup:
    """Return a contact as HTML: a link where it has a target."""
    href = contact_address(text)
    if href:
        return linked(shown_address(text), href, language, own_cyrillic)
    return words(text, language, own_cyrillic)


def percent(part: Decimal, whole: Decimal) -> str:
    """Return a part in per cent of the whole, as a CSS number."""
    return f"{part / whole * 100:.2f}" if whole else "0"


def _budget(budget: Budget, language: str, publisher: str, own_cyrillic: str) -> Markup:
    total = Markup("{}").format(localisation.money(budget.total, language))
    if budget.share is None:
        return total
    share, total_amount = budget.share.amount, budget.total.amount
    width = bar_width(Decimal(percent(share, total_amount)), share)
    whose = localisation.label("for {publisher}", language, publisher=publisher)
    return total + Markup(
        '<span class="bar"><span class="part-of" style="{}"></span></span><span class="share">{} {}</span>'
    ).format(width, localisation.money(budget.share, language), words(whose, language, own_cyrillic))


def coded_address(fact: Fact, plan: PressPlan) -> str:
    """Return the web address of a fact beside which paper is to have a QR code; empty for none."""
    if plan.qr is None or not isinstance(fact.value, Contact):
        return ""
    is_wanted = plan.qr is AddressCodes.ADDRESSES or fact.label == _REGISTRATION
    address = contact_address(fact.value.text)
    return address if is_wanted and address.startswith("http") else ""


def code_of_fact(fact: Fact, plan: PressPlan, edition: Edition, style: Style, language: str) -> Markup:
    """Return the QR code of a fact's address, or nothing.

    Args:
        fact: A labelled value of an article's head.
        plan: Says which addresses have a code.
        edition: Whether it is for paper, and in ink.
        style: Gives the two colours of a code where the edition is in none.
        language: Of the words for those who cannot see it.
    """
    address = coded_address(fact, plan) if edition.is_for_paper else ""
    if not address:
        return Markup()
    if edition.in_ink:
        ink, paper = as_css(SOLID_BLACK), as_css(NO_INK)
    else:
        ink, paper = style.colour("ink", edition), style.colour("white", edition)
    alternative = localisation.label("QR code: {address}", language, address=shown_address(address))
    code = Markup(address_code(address, alternative, ink, paper) or "")  # noqa: S704 - drawn by us, words escaped
    return Markup('<div class="code-of-address">{}</div>').format(code) if code else code
