"""The gettext catalogues: `python -m tests.support.catalogues renew` gathers and compiles, `check` compares.

Two domains: `page` is printed, in every language with a catalogue; `bulletin` is what the program
says, in Bulgarian beside the English of the code. `renew page` renews one of them. Translations of
messages that are no longer used are kept below `#~` until `renew --drop`, and fail the check.
"""

from __future__ import annotations

import ast
import functools
import io
import re
import sys
from typing import TYPE_CHECKING, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.support.paths import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from babel.messages.catalog import Message

    Texts = str | tuple[str, ...]
    """One message id, or singular and plural."""

LOCALES: Final = {
    "page": PACKAGE / "typography" / "locale",
    "bulletin": PACKAGE / "findings" / "wording" / "locale",
}
DOMAINS: Final = {
    "page": ("bg", "ru", "uk", "sr"),
    "bulletin": ("bg",),
}
_KEYWORDS: Final = {
    "page": {"label": 1, "plural_label": 2, "L_": 1, "LL_": 2},
    "bulletin": {"_": 1, "N_": 1, "ngettext": 2, "NN_": 2},
}
"""Functions whose first arguments are messages, and how many of these there are."""


class PlainCatalogue(Catalog):
    """A catalogue whose header has neither date nor program: its bytes depend on the messages alone."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The header fields that readers of the compiled form need."""
        return [
            ("Language", str(self.locale_identifier)),
            ("Plural-Forms", str(self.plural_forms)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


@functools.cache
def used_messages(domain: str, package: Path = PACKAGE) -> frozenset[Texts]:
    """Return the message ids that code and templates use in a domain, gathered once."""
    keywords = _KEYWORDS[domain]
    found: set[Texts] = set()
    for module in package.rglob("*.py"):
        found.update(_messages_of(ast.parse(module.read_text(encoding="utf-8")), keywords))
    # Babel knows templates; Python it reads by tokens, to which an f-string is opaque.
    functions = {name: (1, 2) if count > 1 else None for name, count in keywords.items()}
    templates = extract_from_dir(str(package), [("**.j2", "jinja2")], keywords=functions)
    found.update(message for _, _, message, _, _ in templates if message)
    return frozenset(found)


def _messages_of(tree: ast.AST, keywords: dict[str, int]) -> Iterator[Texts]:
    """Yield the messages of a module, f-strings within, and those a comprehension takes from a row."""
    rows = {
        loop.target.id: [item.value for item in loop.iter.elts if isinstance(item, ast.Constant)]
        for loop in ast.walk(tree)
        if isinstance(loop, ast.comprehension)
        and isinstance(loop.target, ast.Name)
        and isinstance(loop.iter, (ast.Tuple, ast.List))
    }
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        function = call.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        count = keywords.get(name, 0)
        first = call.args[:count]
        texts = tuple(a.value for a in first if isinstance(a, ast.Constant) and isinstance(a.value, str))
        if count and len(texts) == count:
            yield texts if count > 1 else texts[0]
        elif count == 1 and first and isinstance(first[0], ast.Name):
            yield from (text for text in rows.get(first[0].id, []) if isinstance(text, str))


def catalogue_path(domain: str, language: str, locale: Path | None = None) -> Path:
    """Return the path of a catalogue."""
    return (locale or LOCALES[domain]) / language / "LC_MESSAGES" / f"{domain}.po"


def renewed(old: Catalog, wanted: Iterable[Texts], *, drop: bool = False) -> PlainCatalogue:
    """Return a catalogue that holds what is wanted, with the translations the old one has.

    Args:
        old: As it was read.
        wanted: Message ids.
        drop: Whether translations without use are given up.
    """
    known = {**{_key(m.id): m for m in old.obsolete.values()}, **{_key(m.id): m for m in old if m.id}}
    new = PlainCatalogue(locale=old.locale, domain=old.domain, fuzzy=False)
    for texts in sorted(wanted, key=_key):
        kept = known.pop(_key(texts), None)
        same = kept is not None and isinstance(kept.id, str) == isinstance(texts, str)
        if kept is not None and same:
            new.add(texts, kept.string, flags=kept.flags & {"fuzzy"}, user_comments=kept.user_comments)
        else:
            new.add(texts, "" if isinstance(texts, str) else ("",) * new.num_plurals)
    if not drop:
        new.obsolete.update((key, message) for key, message in known.items() if message.string)
    return new


def renew(domains: Iterable[str] = DOMAINS, locale: Path | None = None, *, drop: bool = False) -> None:
    """Bring catalogues up to date, keep their translations, and compile them."""
    for domain in domains:
        wanted = used_messages(domain)
        for language in DOMAINS[domain]:
            path = catalogue_path(domain, language, locale)
            old = _read(path, language) if path.exists() else Catalog(locale=language, domain=domain)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_written(renewed(old, wanted, drop=drop)))
            path.with_suffix(".mo").write_bytes(compiled(path, language))


def compiled(path: Path, language: str) -> bytes:
    """Return the compiled form of a catalogue."""
    plain = PlainCatalogue(locale=language, fuzzy=False)
    for message in _read(path, language):
        if message.id:
            plain.add(message.id, message.string, flags=message.flags)
    target = io.BytesIO()
    write_mo(target, plain)
    return target.getvalue()


def faults(domain: str, language: str, locale: Path | None = None) -> list[str]:
    """Return the faults of a catalogue as text; empty where there are none."""
    path = catalogue_path(domain, language, locale)
    name = f"{language}/{domain}.po"
    if not path.exists():
        return [f"{name}: missing"]
    catalogue = _read(path, language)
    held = {_key(message.id): message for message in catalogue if message.id}
    wanted = {_key(texts) for texts in used_messages(domain)}
    unused = held.keys() - wanted | {_key(message.id) for message in catalogue.obsolete.values()}
    wrong = [f"{name}: not gathered: {key}" for key in sorted(wanted - held.keys())]
    wrong += [f"{name}: no longer used: {key}" for key in sorted(unused)]
    for message in held.values():
        wrong += [f"{name}: {fault}: {_key(message.id)}" for fault in _faults_of(message)]
    target = path.with_suffix(".mo")
    if not target.exists() or target.read_bytes() != compiled(path, language):
        wrong.append(f"{name}: not compiled")
    return wrong


def _faults_of(message: Message) -> Iterator[str]:
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    given = message.string
    strings = (given,) if isinstance(given, str) else tuple(given or ())
    if not strings or not all(strings):
        yield "not translated"
    elif message.fuzzy:
        yield "marked as doubtful"
    else:
        wanted = _placeholders(ids[-1])
        if any(_placeholders(string) != wanted for string in strings):
            yield "other placeholders"


def _key(texts: object) -> str:
    """Return the key of a message in gettext: the singular."""
    return texts if isinstance(texts, str) else str(next(iter(texts)))  # type: ignore[call-overload]


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"(?<!\{)\{(\w+)", text.replace("{{", "")))


def _read(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _written(catalogue: PlainCatalogue) -> bytes:
    target = io.BytesIO()
    write_po(target, catalogue, width=100, omit_header=True, sort_output=True, no_location=True)
    head = "".join(f'"{name}: {value}\\n"\n' for name, value in catalogue.mime_headers)
    return f'msgid ""\nmsgstr ""\n{head}\n'.encode() + target.getvalue().rstrip(b"\n") + b"\n"


def main(arguments: list[str]) -> str | None:
    """Run the command; return the faults."""
    drop = "--drop" in arguments
    command, *domains = [argument for argument in arguments if argument != "--drop"] or [""]
    if command not in {"renew", "check"} or not set(domains) <= set(DOMAINS):
        return __doc__
    domains = domains or list(DOMAINS)
    if command == "renew":
        renew(domains, drop=drop)
        return None
    pairs = [(domain, language) for domain in domains for language in DOMAINS[domain]]
    return "\n".join(fault for pair in pairs for fault in faults(*pair)) or None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
