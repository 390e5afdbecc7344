"""The plain text part of the mail edition, written as text and not derived from the HTML."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from pipeline.models.editions import UNSUBSCRIBE
from pipeline.models.values.strings import is_web_address
from pipeline.typography.localisation import NBSP, label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.mail_edition.contents import Entry, Fact, MailContents, Part
    from pipeline.models.issue import Issue

MEASURE: Final = 72
"""Characters of a line (RFC 3676, 4.2: under 78)."""


def mail_text(issue: Issue, contents: MailContents) -> str:
    """Return the plain text part, a paragraph as lines of at most `MEASURE` characters.

    No-break spaces keep together what belongs together while lines are broken, and become plain ones: many
    programs that show plain text break or search them badly.

    Args:
        issue: Typeset.
        contents: The content of the mail edition.
    """
    blocks = (block for block in _blocks(issue, contents) if block)
    return "\n\n".join(blocks).replace(NBSP, " ") + "\n"


def _blocks(issue: Issue, contents: MailContents) -> Iterator[str]:
    language, publication = issue.language, issue.publication
    if contents.replaces:
        yield _heading(label("Correction", language), "=")
        yield _wrapped(contents.correction)
        yield _wrapped(contents.replaces)
    yield _heading(f"{publication.title}: {issue.title}", "=")
    yield f"{_wrapped(contents.imprint)}\n{_wrapped(publication.publisher.name)}"
    yield _wrapped(issue.greeting or "")
    yield _wrapped(contents.file)
    yield contents.online
    for part in contents.parts:
        yield from _part(part)
    yield from _at_a_glance(issue, contents)
    for funder in issue.funders:
        yield "\n".join(filter(None, (_wrapped(funder.statement), _wrapped(funder.disclaimer or ""))))
    yield "-" * MEASURE
    publisher = publication.publisher
    ways = (publisher.site, publisher.email, publisher.phone or "")
    yield "\n".join([_wrapped(publisher.name), _wrapped(publisher.address), *filter(None, ways)])
    yield f"{_wrapped(contents.reason)}\n{_wrapped(contents.replies)} {contents.reply_to}"
    yield f"{label('Unsubscribe', language)}: {UNSUBSCRIBE}"


def _part(part: Part) -> Iterator[str]:
    yield _heading(f"{part.number}. {part.title}", "-")
    yield _wrapped(part.lead)
    for entry in part.entries:
        yield _entry(entry)


def _entry(entry: Entry) -> str:
    lines = [_wrapped(entry.title, "* ", "  ")]
    if entry.text:
        lines.append(_wrapped(entry.text, "  ", "  "))
    lines += [_wrapped(f"{fact.name}: {_written(fact)}", "  ", "    ") for fact in entry.facts]
    if entry.link:
        lines.append(f"  {entry.link}")
    return "\n".join(lines)


def _written(fact: Fact) -> str:
    """Return a fact's value; a web address in full, for readers of plain text recognise no other."""
    return fact.link if is_web_address(fact.link) else fact.value


def _at_a_glance(issue: Issue, contents: MailContents) -> Iterator[str]:
    if not contents.budgets:
        return
    yield _heading(label("Projects at a glance", issue.language), "-")
    rows = [*contents.budgets, *([contents.budget_sum] if contents.budget_sum else [])]
    for row in rows:
        lines = (
            row.about,
            f"{label('Total budget', issue.language)}: {row.total}" if row.total else "",
            row.share,
        )
        yield "\n".join(
            [_wrapped(row.title, "* ", "  "), *(_wrapped(each, "  ", "  ") for each in lines if each)]
        )
    if contents.countries:
        yield _wrapped(f"{label('Partner countries', issue.language)}: {contents.countries}")


def _heading(text: str, rule: str) -> str:
    lines = _wrapped(text)
    return f"{lines}\n{rule * max(map(len, lines.splitlines()))}"


def _wrapped(text: str, first: str = "", others: str = "") -> str:
    return textwrap.fill(
        text,
        MEASURE,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )
