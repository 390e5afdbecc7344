"""Findings in the words of the studio: of its buttons and fields, not of signs and files.

An officer who writes here meets no Markdown and no YAML; what the command advises to write into a file is
done here by a button, or in a field.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any, Final

from pipeline.delivery.settings.reader import SETTINGS as MAIL
from pipeline.editor.house_style.reader import HOUSE
from pipeline.files.workspace import PUBLICATION
from pipeline.findings.codes.register import CODES
from pipeline.findings.finding import Severity
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import (
    as_data,
    filled,
    in_general,
    message_of,
    remedy_id,
    remedy_of,
    say,
)
from pipeline.studio.views.wording.publishing import PUBLISHING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.findings.finding import Finding

VIEWS: Final = {
    PUBLICATION: (N_("Publication"), "/publication"),
    HOUSE: (N_("House style"), "/house"),
    MAIL: (N_("Mail"), "/mail"),
}
"""What the settings are called here, and the view in which they are filled in, by their files."""

SAMPLE: Final = "W172"
UNKNOWN_WORD: Final = "W420"

MESSAGES: Final = {
    "E42": N_("the heading skips a level"),
    SAMPLE: N_("sample text still stands here: “{found}”"),
}
"""What is wrong, by code."""

_ONE_WAY: Final = N_("write it one way, or answer that both are right")
_PLACE: Final = N_(
    "put it at the end of an article, or say that it is not needed; the file you gave is unchanged"
)
_ITEM: Final = N_("make it an item of a list where it is one; “Set the typography” does it")
_SENTENCE: Final = N_("make it a paragraph where it is a sentence; “Set the typography” does it")
_MENDED_HERE: Final = N_("“Set the typography” writes “{wanted}”")
_AGREE: Final = N_("make them agree, or answer that both are right")

_SAMPLE_ARTICLE: Final = N_(
    "write your own, or take the article out in the contents; with a sample in it the issue cannot be filed "
    "and sent"
)

REMEDIES: Final = {
    "write it one way; if both are right, add “{key}” under accepted: in house.yaml": _ONE_WAY,
    "write “{wanted}”, or change issues/house.yaml": N_("write “{wanted}”, or change the house style"),
    "the page sets it right by itself; “bulletin check --fix” sets it in the file too: “{wanted}”": N_(
        "the page sets it right by itself; in the text “Set the typography” does it: “{wanted}”"
    ),
    "write “{wanted} …” where it is a sentence; --fix does it where the word behind begins small": _SENTENCE,
    "leave an empty line above it where it is an item (--fix does it); otherwise join the two lines": _ITEM,
    "write “{wanted} …” where it is an item (--fix does it); part what people say by empty lines": _ITEM,
    "write “{wanted}”; --fix does it": _MENDED_HERE,
    "write “{wanted}”; --fix does it for the whole list": _MENDED_HERE,
    "“bulletin check --fix” takes it out, and the pictures stay as they are; nothing published has it": N_(
        "“Set the typography” takes it out, and the pictures stay as they are; nothing published has it"
    ),
    "write {wanted}, or change quotation: in house.yaml": N_(
        "write {wanted}, or choose other marks in the house style"
    ),
    "look at it again; if it is right, add “{key}” under accepted: in house.yaml": N_(
        "look at it again, or answer that it is right"
    ),
    "write “{guess}”; if it is right as it is, add “{key}” under accepted: in house.yaml": N_(
        "write “{guess}”, or answer that it is right as it is"
    ),
    "correct it, or add it under words: in house.yaml": N_("correct it, or let the word be learnt"),
    "write “{guess}”, or add it under words: in house.yaml": N_("write “{guess}”, or let the word be learnt"),
    "correct the number or the list; if both are right, add “{key}” under accepted: in house.yaml": N_(
        "correct the number or the list, or answer that both are right"
    ),
    "correct the date, or tell it as past in an article; if it is right, add “{key}” under accepted: in "
    "house.yaml": N_("correct the date, or tell it as past in an article, or answer that it is right"),
    "correct one of the dates; if both are right, add “{key}” under accepted: in house.yaml": N_(
        "correct one of the dates, or answer that both are right"
    ),
    "type the word anew in one alphabet: “{guess}”; if it is right, add “{key}” under accepted: in "
    "house.yaml": N_("type the word anew in one alphabet: “{guess}”, or answer that it is right"),
    "if it is a heading, write “{wanted}”; if not, add “{key}” under accepted: in house.yaml": N_(
        "if it is a heading, make it one by the button above the text; if not, answer that it is right"
    ),
    "tell it as past; if it is right, add “{key}” under accepted: in house.yaml": N_(
        "tell it as past, or answer that it is right"
    ),
    "correct the date or the day; if both are right, add “{key}” under accepted: in house.yaml": N_(
        "correct the date or the day, or answer that both are right"
    ),
    "check the figures; if they are right, add “{key}” under accepted: in house.yaml": N_(
        "check the figures, or answer that they are right"
    ),
    "make them agree; if both are right, add “{key}” under accepted: in house.yaml": _AGREE,
    "add a line “{name}: …”": N_("fill it in"),
    "write a value after the colon, or delete the field": N_("fill it in, or leave it out"),
    "write a value after the colon; the field “{guess}” may not be left out": N_(
        "fill it in; it may not be left out"
    ),
    "nothing, if they no longer hold; otherwise copy them by hand": N_(
        "put them at the end of an article, or say that they are not needed"
    ),
    "use {wanted}": N_("choose a larger heading: a smaller one stands only below a larger one"),
    "the title is the field “title”; use ## in the text": N_("choose a smaller heading"),
    "say between [ ] what is to be seen, for those who cannot see it": N_(
        "say beside it what is to be seen, for those who cannot see it"
    ),
    'write who made it, in {{credit="…"}} behind the picture': N_("say beside it who made it"),
    "use another picture, or ask again and write consent=yes": N_(
        "use another picture, or ask again and choose that they agreed"
    ),
    "write it below the second “---”": N_("write it, or take the article out"),
    "list its articles under “articles:”, or delete the section": N_(
        "move articles into it, or take the section out"
    ),
    "if it belongs into the issue, copy it by hand; the file you gave is unchanged": _PLACE,
    "put this line where it belongs, and say what is to be seen: {line}": N_(
        "put it into an article, and say there what is to be seen"
    ),
    "add it under “funders:”, or use one that is there: {choices}": N_(
        "add it under “Publication”, or choose one that is there: {choices}"
    ),
    "ask the print shop for the ICC profile of its paper, and name it: profile: its-name.icc": N_(
        "ask the print shop for the ICC profile of its paper, and choose the file under “Publication”"
    ),
    "rename the folder to “{date}” or correct the date": N_(
        "save the “First page” with the date that is right: the folder is renamed with it"
    ),
    "choose another date with --date": N_("choose another date"),
    "add it under “languages:” in publication.yaml, or write one of: {choices}": N_(
        "add it under “Publication”, or choose one of: {choices}"
    ),
    "write “{guess}”, or add the language under “languages:” in publication.yaml": N_(
        "choose “{guess}”, or add the language under “Publication”"
    ),
    "add “funder: …” with one of: {choices}": N_("choose the funder among the facts: {choices}"),
    "list it in a section of issue.yaml, or move it elsewhere": N_(
        "put it back into a section: it is listed below the contents"
    ),
    "write consent=yes, no or not-needed at each picture, and consent: under cover: in issue.yaml": N_(
        "say at each picture, and at the cover, whether they agreed"
    ),
    "use a larger picture, {wanted} pixels across, set it narrower, or make the other editions alone with "
    "--edition": N_("use a larger picture, {wanted} pixels across, or set it narrower"),
    "mend what is named above, or make the other editions alone with --edition": N_(
        "mend what is named above"
    ),
    'write its six digits in quotes, as main: "#1F3D2B"; the designer of the house knows them': N_(
        "choose it under “Look”; the designer of the house knows it"
    ),
    "write the name of a pair, as “type: source-sofia”, or “text: …” with a folder below fonts/": N_(
        "choose a pair of faces under “Look”, or a face for the text"
    ),
    "choose the style bulletin or one that builds on it, or delete “qr”": N_(
        "choose the style bulletin or one that builds on it, or no QR codes"
    ),
    "open the file in a text editor, and change it there": N_(
        "undo it, and ask whoever looks after the computers to change it in the file"
    ),
    "write a whole web address, mailto: and an address, or the file name of an article": N_(
        "give a whole web address or an e-mail address, or choose an article of the issue"
    ),
    "correct publication.yaml, if it is out of date": N_(
        "correct it under “Publication”, if it is out of date"
    ),
    **PUBLISHING,
}
"""What is to be done, by the remedy of the command."""


_STOPS: Final = N_("It is an error: as long as it stands, the issue is not made.")
_STOPS_NOT: Final = N_("It is a warning: the issue is made all the same; look at it, and decide.")
_MENDS: Final = N_("“Mend” changes this place alone, and can be undone.")
_ANSWERS: Final = N_("“It is right” is asked once: the answer holds for all issues, and can be taken back.")
_LEARNS: Final = N_(
    "“Learn the word” enters it in the house style: from then on it is right, with any ending."
)


OF_TEXTS: Final = {
    "greeting": N_("Greeting"),
    "cover.alternative": N_("What is to be seen on the first page, for those who cannot see it"),
    "correction.text": N_("What was wrong"),
}
"""What the fields of an issue are called here that another language may lack."""

UNTRANSLATED: Final = "W08"
_OF_SECTIONS: Final = re.compile(r"sections\.(\d+)\.lead")


def message_here(finding: Finding, language: str) -> str:
    """Return what is wrong, as the studio says it."""
    own = MESSAGES.get(finding.code)
    if finding.code == UNTRANSLATED:
        finding = _with_name_here(finding, language)
    return filled(own, finding, language) if own else message_of(finding, language)


def remedy_here(finding: Finding, language: str) -> str:
    """Return how to mend it here."""
    if finding.code == UNTRANSLATED:
        return say(N_("write it in the contents of the issue, under “In other languages”"), language)
    if finding.code == SAMPLE and finding.place is not None and finding.place.path.endswith(".md"):
        return say(_SAMPLE_ARTICLE, language)
    own = REMEDIES.get(remedy_id(finding))
    return filled(own, finding, language) if own else remedy_of(finding, language)


def _with_name_here(finding: Finding, language: str) -> Finding:
    """Return a finding of a text that is not translated, with what the text is called here."""
    values = dict(finding.values)
    name = str(values.get("name", ""))
    if section := _OF_SECTIONS.fullmatch(name):
        values["name"] = say(N_("the sentence below section {number}"), language, number=section[1])
    elif name in OF_TEXTS:
        values["name"] = say(OF_TEXTS[name], language)
    return dataclasses.replace(finding, values=tuple(sorted(values.items())))


def told_here(finding: Finding, language: str) -> dict[str, Any]:
    """Return a finding as data, in the words of the studio."""
    own = {"message": message_here(finding, language), "remedy": remedy_here(finding, language)}
    return {**as_data(finding, language), **own, **where_here(finding, language)}


def where_here(finding: Finding, language: str) -> dict[str, str]:
    """Return what the studio calls the settings in which a finding is, `where`, and their view, `go`.

    Nothing for a finding that is elsewhere.
    """
    words, view = VIEWS.get(finding.place.path if finding.place else "", ("", ""))
    return {"where": say(words, language), "go": view} if view else {}


def explained(finding: Finding, language: str, *, mends: bool) -> list[str]:
    """Return what a finding means, in sentences: what the guide says of its code, and what can be done here.

    Args:
        finding: The finding.
        language: `bg` or `en`.
        mends: Whether a button mends it at its place.
    """
    code = CODES[finding.code]
    remedies = dict.fromkeys(REMEDIES.get(each, each) for each in (code.remedy, code.guess) if each)
    remedy = say(N_(", or: "), language).join(in_general(each, language) for each in remedies)
    ways = [_STOPS if finding.severity is Severity.ERROR else _STOPS_NOT]
    ways += [_MENDS] if mends else []
    ways += [_ANSWERS] if dict(finding.values).get("key") else []
    ways += [_LEARNS] if finding.code == UNKNOWN_WORD else []
    return [
        in_general(MESSAGES.get(finding.code, code.message), language),
        say(N_("How to mend it: {remedy}"), language, remedy=remedy),
        *(say(way, language) for way in ways),
    ]


def with_samples_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings, of the samples of one file the first alone: one hint is enough to write one's own."""
    seen: set[str] = set()
    kept = []
    for finding in findings:
        if finding.code == SAMPLE:
            path = finding.place.path if finding.place else ""
            if path in seen:
                continue
            seen.add(path)
        kept.append(finding)
    return tuple(kept)
