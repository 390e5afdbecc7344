"""The gettext catalogues: `python -m tests.catalogues renew` gathers and compiles, `check` compares.

Two domains: `page` is printed, in every language with a catalogue; `bulletin` is what the program
says, in Bulgarian beside the English of the code.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE: Final = Path(__file__).parent.parent / "pipeline"
LOCALE: Final = PACKAGE / "locale"
DOMAINS: Final = {
    "page": ("bg", "ru", "uk", "sr"),
    "bulletin": ("bg",),
}
_PAGE_KEYWORDS: Final = {"label": None, "plural_label": (1, 2), "P_": None}
_PROGRAM_KEYWORDS: Final = {"_": None, "N_": None, "ngettext": (1, 2), "NN_": (1, 2)}


def wanted_messages(domain: str) -> set[str | tuple[str, str]]:
    """Return the message ids that code and templates use in a domain."""
    keywords = _PAGE_KEYWORDS if domain == "page" else _PROGRAM_KEYWORDS
    methods = [("**.py", "python")]
    if domain == "page":
        methods.append(("**.j2", "jinja2"))
    found = extract_from_dir(str(PACKAGE), method_map=methods, keywords=keywords)
    return {message for _, _, message, _, _ in found if message}


def catalogue_path(domain: str, language: str) -> Path:
    """Return where a catalogue lies."""
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


def renew() -> None:
    """Bring every catalogue up to date, keep its translations, and compile it."""
    for domain, languages in DOMAINS.items():
        wanted = wanted_messages(domain)
        for language in languages:
            path = catalogue_path(domain, language)
            old = read_po(path.open("rb"), locale=language) if path.exists() else Catalog()
            new = Catalog(locale=language, domain=domain, fuzzy=False)
            for message in sorted(wanted, key=str):
                key = message if isinstance(message, str) else message[0]
                kept = old.get(key)
                new.add(message, kept.string if kept is not None else "")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_written(new))
            path.with_suffix(".mo").write_bytes(compiled(path, language))


def compiled(path: Path, language: str) -> bytes:
    """Return the compiled form of a catalogue."""
    target = io.BytesIO()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    catalogue.header_comment = ""
    write_mo(target, catalogue)
    return target.getvalue()


def faults() -> list[str]:
    """Return what is wrong with the catalogues, in words; nothing when all is well."""
    wrong: list[str] = []
    for domain, languages in DOMAINS.items():
        wanted = {message if isinstance(message, str) else message[0] for message in wanted_messages(domain)}
        for language in languages:
            path = catalogue_path(domain, language)
            name = f"{language}/{domain}.po"
            with path.open("rb") as file:
                catalogue = read_po(file, locale=language)
            held = {}
            for message in catalogue:
                if message.id:
                    held[message.id if isinstance(message.id, str) else message.id[0]] = message
            wrong += [f"{name}: not translated: {key}" for key in sorted(wanted - held.keys())]
            wrong += [f"{name}: no longer used: {key}" for key in sorted(held.keys() - wanted)]
            for key, message in held.items():
                strings = [message.string] if isinstance(message.string, str) else list(message.string)
                if not all(strings):
                    wrong.append(f"{name}: empty: {key}")
                for string in strings:
                    if _placeholders(string) - _placeholders(key):
                        wrong.append(f"{name}: other placeholders: {key}")
            if not path.with_suffix(".mo").exists() or path.with_suffix(".mo").read_bytes() != compiled(path, language):
                wrong.append(f"{name}: not compiled; run make locale")
    return wrong


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"(?<!{){(\w+)}", text))


def _written(catalogue: Catalog) -> bytes:
    target = io.BytesIO()
    write_po(target, catalogue, width=100, omit_header=True, sort_output=True, no_location=True)
    header = (
        f'msgid ""\nmsgstr ""\n"Language: {catalogue.locale}\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    return header.encode() + target.getvalue()


if __name__ == "__main__":
    if sys.argv[1:] == ["renew"]:
        renew()
    elif sys.argv[1:] == ["check"]:
        if wrong := faults():
            sys.exit("\n".join(wrong))
    else:
        sys.exit(__doc__)
