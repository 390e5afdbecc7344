"""Types of single values in the files: lines of text, addresses, languages, keys."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from pipeline.models.values.base import ToTranslate, Typeset

LONGEST_LINE: Final = 600
"""Characters a one-line text may hold: longer belongs in an article."""

_SHAPED = StringConstraints(min_length=1, max_length=LONGEST_LINE)


def _on_one_line(value: str) -> str:
    return " ".join(value.split("\n")) if "\n" in value else value


WrittenLine = Annotated[str, _SHAPED, AfterValidator(_on_one_line), Typeset()]
"""A text of one line, set by typography."""

FileName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    AfterValidator(lambda name: unicodedata.normalize("NFC", name)),
]
"""A file by its path from the folder it is named in, letters composed (macOS decomposes them)."""

PictureName = FileName
"""A picture file, relative to the folder of the issue."""

LineToTranslate = Annotated[WrittenLine, ToTranslate()]
"""A line that a translation gives anew."""


def _in_language(value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - whatever the file held
    if not isinstance(value, dict):
        return value
    language = (info.context or {}).get("language")
    if language is None:
        return next(iter(value.values()), None)
    if language not in value:
        raise PydanticCustomError(
            "bulletin_translation", "no translation into {language}", {"language": language}
        )
    return value[language]


TranslatedLine = Annotated[
    str,
    _SHAPED,
    AfterValidator(_on_one_line),
    Typeset(),
    BeforeValidator(_in_language),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {"type": "object", "additionalProperties": {"type": "string"}},
            ]
        }
    ),
]
"""A line written once, or once a language; validated with `context={"language": "bg"}`."""


_EVERYDAY_ADDRESS: Final = re.compile(
    r"[a-z0-9]{1,20}(?:[._+-][a-z0-9]{1,15}){0,2}"
    r"@(?:[a-z0-9]{1,20}(?:-[a-z0-9]{1,20})?\.){1,3}(?:bg|eu|com|org|net)"
)
"""Addresses that are valid by their form: the library for all others is slow to load."""


def _normal_email(text: str) -> str | None:
    """Return an address in its normal form, or None where it is none."""
    if _EVERYDAY_ADDRESS.fullmatch(text):
        return text
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - slow to load

    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def _email(value: str) -> str:
    address = _normal_email(value.strip())
    if address is None:
        raise PydanticCustomError("bulletin_email", "not an e-mail address: {found}", {"found": value})
    return address


def is_email_address(text: str) -> bool:
    """Return whether `text` is an e-mail address by its form (RFC 5321, 6531)."""
    return _normal_email(text) is not None


EmailAddress = Annotated[str, AfterValidator(_email)]
"""An address after RFC 5321 and 6531, its domain in lower case."""


_INK_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .+-]{0,58}[A-Za-z0-9]")
_NO_FURTHER_INK: Final = frozenset({"all", "none", "cyan", "magenta", "yellow", "black", "cmyk"})


def _ink_name(value: str) -> str:
    name = " ".join(value.split())
    if not _INK_NAME.fullmatch(name) or name.casefold() in _NO_FURTHER_INK:
        raise PydanticCustomError("bulletin_ink_name", "no name of an ink: {found}", {"found": value})
    return name


InkName = Annotated[str, AfterValidator(_ink_name)]
"""The name of an ink that is mixed, as print shops know it: Latin letters, figures, spaces."""


def with_lower_scheme(address: str) -> str:
    """Return a web or mail address with its scheme in lower case, which means the same (RFC 3986, 6.2.2.1).

    Args:
        address: An address; one of another kind, or the name of a file, is returned as it is.
    """
    return re.sub(r"^(?:https?|mailto):", lambda match: match[0].lower(), address, flags=re.IGNORECASE)


def is_web_address(text: str) -> bool:
    """Return whether `text` is an absolute http or https address with a host and nothing odd in it."""
    if not text.isprintable() or re.search(r"[\s<>\"\\^`{|}]", text):
        return False
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - reading it validates it
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and not parts.username


def _web_address(value: str) -> str:
    value = value.strip()
    if not is_web_address(value):
        raise PydanticCustomError("bulletin_url", "not a web address: {found}", {"found": value})
    return with_lower_scheme(value)


WebAddress = Annotated[str, AfterValidator(_web_address)]
"""An absolute http or https address (RFC 3986)."""


def _way_to_reach(value: str) -> str:
    value = value.strip()
    if re.match(r"(?:https?:|www\.)", value, re.IGNORECASE):
        return _web_address(value)
    return _email(value) if re.fullmatch(r"\S*@\S*", value) else value


WayToReach = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_way_to_reach)]
"""A web address, an e-mail address or a telephone number; the first two are validated."""


def _format(value: object) -> object:
    if str(value).strip() != "1":
        raise PydanticCustomError("bulletin_format", "unknown file format: {found}", {"found": str(value)})
    return 1


FileFormat = Annotated[int, BeforeValidator(_format)]
"""The version of the file format; it never changes its meaning, a new one is 2."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")


def _language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        raise PydanticCustomError("bulletin_language", "not a language: {found}", {"found": value})
    return value


LanguageTag = Annotated[str, AfterValidator(_language)]
"""A language tag of the shape of BCP 47 that Babel takes: bg, en, sr-Latn."""


def _issn(value: str) -> str:
    digits = value.strip().upper()
    if not re.fullmatch(r"\d{4}-\d{3}[\dX]", digits):
        raise PydanticCustomError("bulletin_issn", "not an ISSN: {found}", {"found": value})
    plain = digits.replace("-", "")
    total = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), plain[:7], strict=True))
    check = (11 - total % 11) % 11
    if plain[7] != ("X" if check == 10 else str(check)):  # noqa: PLR2004 - ISO 3297 writes 10 as X
        raise PydanticCustomError("bulletin_issn", "wrong check digit: {found}", {"found": value})
    return digits


Issn = Annotated[str, AfterValidator(_issn)]
"""An ISSN with its check digit (ISO 3297)."""

Key = Annotated[str, StringConstraints(pattern=re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$"))]
"""A name that files refer to one another by, as a funder's: lower-case ASCII letters, digits and hyphens."""
