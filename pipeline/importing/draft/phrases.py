"""Phrases of bulletins: those that drafts are written with, and by language those recognised in texts.

A text may mix languages, so it is searched for the words of all of them at once.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import LANGUAGES, message_language, say

UNTITLED: Final = N_("News")
"""The title of the section for texts without one."""

EDITORIAL: Final = N_("Editorial")
"""The title of the section for text before the first one."""

WORDMARK_ROLE: Final = N_("Mark")
"""The role under which the publisher's mark is listed in the team."""

OFFERED: Final = N_("Offered from the text; to accept one, take away the “# ” before the name of its field.")
"""The comment above proposed facts."""

OFFERED_OF_PICTURES: Final = N_(
    "Offered for the pictures; to accept one, write what stands in quotes into the braces behind the picture."
)
"""The comment above proposed credits."""

TAKEN: Final = N_("taken on")
"""Before the day a picture was taken, as its file says."""

OTHER_KINDS: Final = {
    "event": N_("It seems to be an event; if it is, put the line below in place of the one above."),
    "notice": N_("It seems to be a notice; if it is, put the line below in place of the one above."),
}
"""The comment that offers another kind."""

IN_A_ROW: Final = N_(
    "The pictures follow one another; to set them in rows, put the line below in place of the one above."
)
"""The comment that offers a gallery."""

WITHOUT_CAPITALS: Final = N_("Without capitals:")
"""The comment above a title that was written in capitals."""


def draft_text(message: str, language: str) -> str:
    """Return one of the texts above in the language of a draft, or in English where it is not translated."""
    return say(message, message_language(language, {}))


def is_translated(language: str) -> bool:
    """Return whether drafts are written in a language."""
    return language in LANGUAGES


def _either(**patterns: str) -> str:
    """Return a pattern of alternatives given by language; `both` is for several languages."""
    return f"(?:{'|'.join(patterns.values())})"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# sections and articles

CONTENTS: Final = _compiled(
    _either(bg=r"в този брой|съдържание|в броя", en=r"in this issue|contents") + r"\s*:?"
)
"""The title of a list of contents."""

NUMBERED: Final = _compiled(
    rf"\s*(?:{_either(bg='раздел|част', en='section|part')}\s+)?(\d{{1,2}}|[IVX]{{1,4}})[.)]\s+(?=\S)"
)
"""The number of a heading."""

NAMED_PROJECT: Final = _compiled(_either(bg=r"проект\w*", en="project") + r"\s*[„“\"«]?\s*$")
"""The text before the name of a project."""

# masthead and closing

_SIGN: Final = r"(?:[№#]|N(?:o\.?|\b))"
_ISSUE: Final = {
    "bg": r"бр\.|брой",
    "en": "issue",
    # Without a sign, those who leave a school in a year.
    "uk": rf"випуск(?=\s*{_SIGN})",
    "ru": rf"выпуск(?=\s*{_SIGN})",
    "sr": "број",
    # With its year, for streets have numbers, too.
    "de": r"ausgabe|nr\.(?=\s*\d{1,3}\s*/\s*(?:19|20)\d\d)",
}
"""The word before the number of an issue."""

BULLETIN: Final = _compiled(
    _either(bg="бюлетин", en="bulletin|newsletter") + r"|\b" + _either(**_ISSUE) + rf"\s*{_SIGN}?\s*\d"
)
"""A line of a masthead."""

ISSUE_NUMBER: Final = _compiled(
    r"^(.*?)(?<![\s,–—-])[\s,–—-]*"
    + _either(**_ISSUE, also=r"no\.|number", both="№|#")
    + rf"\s*{_SIGN}?\s*(\d{{1,4}})\b[.\s]*(.*)$"
)
"""Groups: the text before the number, the number, the text after it."""

DATE_LABEL: Final = _compiled(_either(bg=r"\b(?:дата|от)\s*:?|\bг\.|\bгодина\b", en=r"\bdate\s*:?"))
CONTACT_LABEL: Final = _compiled(
    _either(bg=r"интернет|уеб|е-?мейл|ел\.", en="e-?mail|email|web")
    + r"?\s*[-–]?\s*"
    + _either(bg="адрес|сайт|страница|поща", en="site|address")
    + r"\s*:|"
    + _either(bg=r"тел(?:ефон)?", en="phone|tel")
    + r"\.?\s*:?(?=\s*[+\d])|"
    + _either(bg="поща|сайт", en="e-?mail|web|www")
    + r"\s*:"
)
GREETING: Final = _compiled(
    r"!\s*$|" + _either(bg="честит|пожелава|весел|скъпи |уважаеми ", en="happy|merry|season|welcome")
)
SALUTATION: Final = _compiled(
    _either(
        bg=r"уважаем|здравей|здрасти|скъп[аиo]|мил[аи]\b|драг[аи]\b|привет|добър ден",
        en=r"dear\b|hello\b|hi\b|good (?:morning|day|evening)",
        uk=r"шановн|вітаю|дорог|добрий день",
        ru=r"уважаем|здравству|добрый день",
        sr=r"поштован|драг[аеи]\b|здраво|добар дан",
        de=r"sehr geehrte|liebe|hallo|guten tag",
    )
)
"""The line with which a letter begins."""

STREET: Final = _compiled(
    _either(
        bg=r"\b(?:ул|бул|пл|гр|ж\.?\s?к|кв)\.",
        en=r"\b(?:street|str|avenue|square|road|floor)\b",
        both=r"\b\d{4}\b.*\d|\b[А-Я]\w+ \d{4}\b",
    )
)

# facts of projects

BUDGET: Final = _compiled(_either(bg="бюджет", en="budget|funding of"))
OF_A_PROJECT: Final = _compiled(_either(bg=r"проект|програма|финансира", en=r"project|programme|funded"))
"""What is called a project; a society has a budget, too."""

PARTNERS: Final = _compiled(
    _either(
        bg=r"изпълнява\w* се|се изпълнява\w*|консорциум|партньор|организации от"
        r"|европейски (?:държави|страни)",
        en="consorti|partner|carried out by|countries",
    )
)
ORGANISATIONS: Final = _either(
    bg=r"(?:партньорски\s+)?(?:организаци\w+|партньор\w*)", en=r"(?:partner\s+)?organi[sz]ations|partners"
)
STATES: Final = _either(
    bg=r"(?:европейски\s+|различни\s+)?(?:държави|страни)", en=r"(?:European\s+)?countries"
)
STARTS: Final = _either(bg=r"стартира\w*|започ\w+|от началото", en=r"start(?:s|ed)?|began|begins")
ENDS: Final = _either(bg=r"приключ\w+|завърш\w+|края? на проекта", en=r"ends?|ended|finish\w*|until")
OF_A_PERIOD: Final = _compiled(
    _either(
        bg=r"проект|стартира|приключ|изпълнява|\bсрок|\bпериод|продължителност|времетраене",
        en=r"project|start|\bend|duration|period|\bruns?\b|carried out",
    )
)
PROJECT_SITE: Final = _compiled(
    _either(
        bg=r"(?:уеб\s?)?сайт(?:ът)?(?:\s+на\s+проекта)?|страница(?:та)?\s+на\s+проекта|повече\s+(?:информация\s+)?(?:на|в|:)",
        en=r"(?:project\s+)?(?:web\s?)?site|project\s+page|more\s+(?:information\s+)?(?:at|on|:)",
    )
    + r"\s*(?:е|is)?\s*[:–-]?\s*(https?://[^\s<>\"“”„]*[\w/]|www\.[\w.-]+\w(?:/[^\s<>]*[\w/])?)"
)
"""The website of a project, labelled; group 1 is its address."""

INVITES: Final = _compiled(
    _either(
        bg=r"\bкан(?:им|и|ят|я)\b|покан|заповядайте|очакваме ви|ще се (?:проведе|състои)|предстои|събитие"
        r"|(?:дата|кога|начало)\s*:",
        en=r"\binvit|join us|will (?:take place|be held)|you are welcome|\bevent\b|(?:date|when)\s*:",
        uk=r"запрошу|відбуд[еу]ться|чекаємо на вас|зустрічаємося|(?:коли|початок)\s*:",
        ru=r"приглаша|состо[ия]тся|пройд[её]т|жд[её]м вас|(?:когда)\s*:",
        sr=r"позива|одржа(?:ће се|т)|биће одржан|\bpoziva|održa(?:će se|t)|(?:када|kada)\s*:",
        de=r"\bladen\b|\blädt\b|\bfinde(?:t|n)\b.{0,80}\bstatt|einladung|\bwann\s*:",
    )
)
REGISTRATION: Final = _compiled(
    _either(
        bg=r"запис|регистр|заяв|потвърд|кандидатств|краен срок|срок(?:ът)? за",
        en=r"regist|sign up|apply|application|rsvp|deadline|confirm|book",
        uk=r"реєстр",
        sr=r"пријав|prijav",
        de=r"anmeld|bewerb",
    )
)
CALLS: Final = _compiled(
    _either(bg=r"краен срок|кандидатств|конкурс|покана за|набира", en=r"deadline|call for|apply|application")
)
"""A notice with a last day."""

PLACE_LABEL: Final = _compiled(
    r"(?:^|[\s,;(])"
    + _either(bg=r"място(?:\s+на\s+провеждане)?|къде", en="place|venue|where|location")
    + r"\s*:\s*(.{2,200})"
)
EVERYDAY_COUNTRIES: Final = {
    "bg": {"холандия": "NL", "чешка република": "CZ", "англия": "GB", "македония": "MK", "сащ": "US"},
    "en": {"holland": "NL", "czech republic": "CZ", "uk": "GB", "usa": "US"},
}
"""Names of countries beside those of the standard."""
