"""What is declared for each element of a page in one view (CSS Cascading and Inheritance Level 4)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree import ElementTree as ET

import cssselect2
import tinycss2

from pipeline.html_checks.declarations import inline_declarations, spelt_out
from pipeline.html_checks.sheets import Rule, rules_of
from pipeline.html_checks.views import View, holds, views_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.html_checks.declarations import Declared
    from pipeline.html_checks.html_tree import Element

_UNSET: Final = frozenset({"unset", "initial", "revert", "revert-layer"})
_PRESENTED: Final[tuple[str, ...]] = ("bgcolor", "color", "background", "text", "dir", "hidden", "popover")
"""Attributes that have a say in how an element is shown."""

PSEUDO_ELEMENTS: Final = frozenset({"before", "after", "marker", "first-letter", "first-line"})


@dataclass(eq=False, slots=True)
class Cascaded:
    """What is declared for an element.

    Args:
        tag: Of the element; `::before` of a pseudo-element.
        around: The same for the element around it, or None.
        values: The values by property, custom properties among them.
        attributes: Of those of the element, the ones that present it.
        pseudo: The same for its pseudo-elements, by name.
        known: What was found out about it, by question.
    """

    tag: str
    around: Cascaded | None
    values: Mapping[str, str]
    attributes: Mapping[str, str]
    pseudo: dict[str, Cascaded] = field(default_factory=dict)
    known: dict[str, object] = field(default_factory=dict)

    @property
    def has_custom(self) -> bool:
        """Whether custom properties are declared for it."""
        return any(name.startswith("--") for name in self.values)

    def inherited(self, name: str) -> str:
        """Return the value of an inherited property; empty where it is declared nowhere."""
        each: Cascaded | None = self
        while each is not None:
            value = each.values.get(name, "inherit")
            if value != "inherit":
                return value
            each = each.around
        return ""

    def own(self, name: str, initial: str = "") -> str:
        """Return the value of a property that is not inherited."""
        value = self.values.get(name, initial)
        if value == "inherit":
            return self.around.own(name, initial) if self.around else initial
        return value


class _Matched(NamedTuple):
    rule: Rule
    specificity: tuple[int, int, int]
    pseudo: str | None


class PageStyles:
    """The style sheets of a page, and which of their rules match which element.

    Args:
        root: The page.
        sheets: Each with the media query it is for, in order.
        attributes: That programs add to the page's outermost element.
    """

    def __init__(
        self, root: Element, sheets: Sequence[tuple[str, str]], attributes: Mapping[str, str] | None = None
    ) -> None:
        self._rules = rules_of(sheets)
        self._root = root
        self._matched: dict[Element, list[_Matched]] = {}
        self._match(attributes or {})

    @property
    def unread(self) -> list[Rule]:
        """Rules whose selectors cannot be read."""
        return [rule for rule in self._rules if rule.selector is None]

    def views(self) -> list[View]:
        """Return the views in which the page may look different."""
        return views_of(query for rule in self._rules for query in rule.media)

    def in_view(self, view: View) -> list[dict[Element, Cascaded]]:
        """Return what is declared for each element, once for what is sure, once with what is doubtful."""
        sure: set[int] = set()
        doubtful: set[int] = set()
        for rule in self._rules:
            results = [holds(query, view) for query in rule.media] if view.has_sheets else [False]
            if False not in results:
                (doubtful if rule.is_doubtful or None in results else sure).add(rule.order)
        is_used = any(each.rule.order in doubtful for found in self._matched.values() for each in found)
        return [
            _Cascade(self._matched, each).of(self._root)
            for each in ([sure, sure | doubtful] if is_used else [sure])
        ]

    def _match(self, attributes: Mapping[str, str]) -> None:
        matcher = cssselect2.Matcher()
        for rule in self._rules:
            if rule.selector is not None and rule.selector.pseudo_element in {None, *PSEUDO_ELEMENTS}:
                matcher.add_selector(rule.selector, rule)
        tops = [child for child in self._root.children if not isinstance(child, str)]
        for top in tops:
            twins: dict[ET.Element, Element] = {}
            tree = _twin(top, twins)
            for name, value in attributes.items():
                tree.set(name, value)
            for wrapped in cssselect2.ElementWrapper.from_html_root(tree).iter_subtree():
                found = [
                    _Matched(rule, specificity, pseudo)
                    for specificity, _, pseudo, rule in matcher.match(wrapped)
                ]
                self._matched[twins[wrapped.etree_element]] = found


class _Cascade:
    """Goes through a page with the rules that apply.

    Args:
        matched: The rules that match each element.
        applied: The numbers of those that apply.
    """

    def __init__(self, matched: Mapping[Element, list[_Matched]], applied: set[int]) -> None:
        self._matched = matched
        self._applied = applied
        self._known: dict[tuple[object, ...], Cascaded] = {}

    def of(self, root: Element) -> dict[Element, Cascaded]:
        """Return what is declared for each element."""
        found: dict[Element, Cascaded] = {}
        for element in root.elements():
            around = found.get(element.parent) if element.parent is not None else None
            found[element] = self._of_element(element, around)
        return found

    def _of_element(self, element: Element, around: Cascaded | None) -> Cascaded:
        matched = [each for each in self._matched.get(element, ()) if each.rule.order in self._applied]
        style = element.attributes.get("style", "")
        attributes = {name: element.attributes[name] for name in _PRESENTED if name in element.attributes}
        numbers = tuple(each.rule.order for each in matched)
        key = (element.tag, id(around), numbers, style, tuple(attributes.items()))
        known = self._known.get(key)
        if known is None:
            inline = inline_declarations(style) if style else ()
            values = _values(matched, None, inline, around)
            known = self._known[key] = Cascaded(element.tag, around, values, attributes)
            for name in {each.pseudo for each in matched} - {None}:
                own = _values(matched, name, (), known)
                known.pseudo[str(name)] = Cascaded(f"::{name}", known, own, {})
        return known


def _values(
    matched: Sequence[_Matched], pseudo: str | None, inline: Sequence[Declared], around: Cascaded | None
) -> dict[str, str]:
    ranked = [
        ((declared.is_important, False, each.specificity, each.rule.order), declared)
        for each in matched
        if each.pseudo == pseudo
        for declared in each.rule.declared
    ]
    ranked += [((each.is_important, True, (0, 0, 0), 0), each) for each in inline]
    if not ranked:
        return {}
    ranked.sort(key=lambda each: each[0])
    own = {each.name: each.value for _, each in ranked if each.name.startswith("--")}
    values = dict(own)
    for _, declared in ranked:
        if declared.name.startswith("--"):
            continue
        pairs = [(declared.name, declared.value)]
        if "var(" in declared.value:
            written = _resolved_once(declared.value, own, around)
            pairs = spelt_out(declared.name.removesuffix("()"), written.casefold())
        for name, value in pairs:
            values.pop(name, None)
            if value not in _UNSET:
                values[name] = value
    return values


def _resolved_once(value: str, own: Mapping[str, str], around: Cascaded | None) -> str:
    """Return a value with what its custom properties stand for, found out once for all it is inherited by."""
    holder = around
    while holder is not None and holder.around is not None and not holder.has_custom:
        holder = holder.around
    if own or holder is None:
        return _resolved(value, own, around)
    question = f"var {value}"
    if question not in holder.known:
        holder.known[question] = _resolved(value, own, around)
    return str(holder.known[question])


def _resolved(value: str, own: Mapping[str, str], around: Cascaded | None, depth: int = 0) -> str:
    """Return a value with what its custom properties stand for (CSS Custom Properties Level 1)."""
    most = 12
    parts = []
    for token in tinycss2.parse_component_value_list(value):
        if token.type == "function" and token.lower_name == "var" and depth < most:
            inner = tinycss2.serialize(token.arguments)
            name, _, fallback = inner.partition(",")
            name = name.strip()
            held = own.get(name) or (around.inherited(name) if around else "")
            parts.append(_resolved(held or fallback.strip(), own, around, depth + 1))
        elif token.type == "function" and "var(" in (inner := tinycss2.serialize(token.arguments)):
            parts.append(f"{token.name}({_resolved(inner, own, around, depth + 1)})")
        else:
            parts.append(token.serialize())
    return "".join(parts)


def _twin(element: Element, twins: dict[ET.Element, Element]) -> ET.Element:
    """Return an element with all within it as the matcher reads it."""
    twin = ET.Element(element.tag, element.attributes)
    twins[twin] = element
    for child in element.children:
        if isinstance(child, str):
            if len(twin):
                twin[-1].tail = (twin[-1].tail or "") + child
            else:
                twin.text = (twin.text or "") + child
        else:
            twin.append(_twin(child, twins))
    return twin


def page_sheets(root: Element, linked: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """Return the style sheets of a page in order, each with the media query it is for.

    Args:
        root: The page.
        linked: The sheets that it links, by address as written.
    """
    sheets = []
    for element in root.elements():
        media = element.attributes.get("media", "")
        if element.tag == "style":
            sheets.append(("".join(child for child in element.children if isinstance(child, str)), media))
        elif element.tag == "link" and "stylesheet" in _words(element.attributes.get("rel", "")):
            sheets.append(((linked or {}).get(element.attributes.get("href", ""), ""), media))
    return sheets


def _words(text: str) -> Iterable[str]:
    return re.split(r"\s+", text.casefold())
