"""Style sheets as rules: what is declared for which elements, and under which conditions.

Selectors are matched by `cssselect2` (Selectors Level 4, as far as a page at rest decides them). A rule that
depends on anything else – a query it does not know, a layer, a link that was visited – is doubtful: it may
apply, or not. A rule whose selector cannot be read at all is returned by itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import cssselect2
import tinycss2

from pipeline.html_checks.declarations import Declared, declarations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_UNCERTAIN: Final = re.compile(r":(?:visited|target-within|target|checked|enabled|disabled)\b")
"""States that a page at rest may be in or not."""

_STYLELESS: Final = frozenset(
    {"font-face", "page", "charset", "namespace", "counter-style", "property", "view-transition"}
)
_CONDITIONAL: Final = frozenset({"supports", "container", "layer", "scope", "starting-style", "document"})


class Rule(NamedTuple):
    """A rule of a style sheet.

    Args:
        written: Its selector, for people.
        selector: Compiled; None where it cannot be read.
        media: The media queries around it.
        is_doubtful: Whether it may apply or not.
        declared: What it declares.
        order: Its number.
    """

    written: str
    selector: Any
    media: tuple[str, ...]
    is_doubtful: bool
    declared: tuple[Declared, ...]
    order: int


class _Around(NamedTuple):
    """What a rule is within."""

    selector: str = ""
    media: tuple[str, ...] = ()
    is_doubtful: bool = False


def rules_of(sheets: Sequence[tuple[str, str]]) -> list[Rule]:
    """Return the rules of some style sheets.

    Args:
        sheets: Each with the media query it is for, in order.
    """
    rules: list[Rule] = []
    for text, media in sheets:
        rules += [
            rule._replace(order=len(rules) + at) for at, rule in enumerate(_rules_of_sheet(text, media))
        ]
    return rules


@lru_cache(maxsize=64)
def _rules_of_sheet(text: str, media: str) -> tuple[Rule, ...]:
    nodes = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    rules: list[Rule] = []
    _read(nodes, _Around(media=(media,) if media else ()), rules)
    return tuple(rules)


def _read(nodes: Sequence[Any], around: _Around, rules: list[Rule]) -> None:
    for node in nodes:
        if node.type == "qualified-rule":
            _read_rule(node, around, rules)
        elif node.type == "at-rule" and node.lower_at_keyword not in _STYLELESS:
            _read_at_rule(node, around, rules)


def _read_rule(node: Any, around: _Around, rules: list[Rule]) -> None:  # noqa: ANN401 - of tinycss2
    written = tinycss2.serialize(node.prelude).strip()
    if around.selector:
        inner = [
            one.replace("&", f":is({around.selector})") if "&" in one else f":is({around.selector}) {one}"
            for one in _listed(written)
        ]
        written = ", ".join(inner)
    contents = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
    declared = tuple(declarations(item for item in contents if item.type == "declaration"))
    if declared:
        _enter(written, declared, around, rules)
    nested = [item for item in contents if item.type in {"qualified-rule", "at-rule"}]
    _read(nested, around._replace(selector=written), rules)


def _read_at_rule(node: Any, around: _Around, rules: list[Rule]) -> None:  # noqa: ANN401 - of tinycss2
    name = node.lower_at_keyword
    prelude = tinycss2.serialize(node.prelude).strip()
    if name == "media":
        inner = around._replace(media=(*around.media, prelude))
    elif name in _CONDITIONAL:
        inner = around._replace(is_doubtful=True)
    elif name.endswith("keyframes"):
        return  # It takes effect through `animation` alone.
    else:
        unread = (Declared("@import", f"@{name} {prelude}", is_important=False),)
        rules.append(
            Rule(f"@{name}", None, around.media, is_doubtful=True, declared=unread, order=len(rules))
        )
        return
    if node.content is None:
        return
    contents = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
    own = tuple(declarations(item for item in contents if item.type == "declaration"))
    if own and inner.selector:
        _enter(inner.selector, own, inner, rules)
    _read([item for item in contents if item.type in {"qualified-rule", "at-rule"}], inner, rules)


def _enter(written: str, declared: tuple[Declared, ...], around: _Around, rules: list[Rule]) -> None:
    for one in _listed(written):
        is_doubtful = around.is_doubtful or bool(_UNCERTAIN.search(one))
        # A state is tried both ways.
        for state in (":not(no-such-element)", ":is(no-such-element)")[: 1 + bool(_UNCERTAIN.search(one))]:
            for selector in _compiled(_UNCERTAIN.sub(state, one)):
                rules.append(Rule(one, selector, around.media, is_doubtful, declared, len(rules)))


def _compiled(written: str) -> Iterator[Any]:
    try:
        yield from cssselect2.compile_selector_list(written)
    except cssselect2.SelectorError:
        yield None


def _listed(written: str) -> list[str]:
    """Return the selectors of a list, parted at the commas that are in no brackets."""
    parts, depth, start = [], 0, 0
    for at, sign in enumerate(written):
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
        elif sign == "," and depth == 0:
            parts.append(written[start:at].strip())
            start = at + 1
    return [part for part in (*parts, written[start:].strip()) if part]
