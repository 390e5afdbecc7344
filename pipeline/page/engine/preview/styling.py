"""Styles that are kept between edits: sheets are parsed once, and only changed articles are styled again.

The engine parses every sheet and computes the style of every element for each document. Here its own classes
do the same for a document that is edited: where only articles changed within their tags, those are parsed and
styled alone, and all other elements keep their styles.
"""

from __future__ import annotations

import contextlib
import functools
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.faces import faces_of_one_page
from pipeline.page.engine.fetching import Asset, fetcher_of
from pipeline.page.engine.loading import load_engine
from pipeline.page.engine.patches.guards import VERSION, Guard, Shape
from pipeline.page.engine.preview.chunks import Chunks, chunks_of
from pipeline.page.style import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree import ElementTree as ET

_CSS: Final = "weasyprint.css"

GUARD: Final = Guard(
    "styling",
    VERSION,
    (
        Shape(f"{_CSS}:StyleFor", "(html, sheets, presentational_hints, font_config, target_collector)"),
        Shape(f"{_CSS}:StyleFor._cascaded_styles"),
        Shape(f"{_CSS}:StyleFor._computed_styles"),
        Shape(f"{_CSS}:StyleFor._sheets"),
        Shape(
            f"{_CSS}:StyleFor.set_computed_styles",
            "(self, element, parent, root=None, pseudo_type=None, base_url=None, target_collector=None)",
        ),
        Shape(f"{_CSS}:find_style_attributes", "(tree, presentational_hints=False, base_url=None)"),
        Shape(
            f"{_CSS}:find_stylesheets",
            "(wrapper_element, device_media_type, url_fetcher, base_url, font_config, counter_style, "
            "color_profiles, page_rules, layers)",
        ),
        Shape(f"{_CSS}:preprocess_declarations", "(base_url, declarations, prelude=None)"),
        Shape(f"{_CSS}:declaration_precedence", "(origin, importance)"),
        Shape("weasyprint:HTML.wrapper_element"),
        Shape("weasyprint:HTML._ua_stylesheets", "(self, forms=False)"),
        Shape("weasyprint:HTML._ua_counter_style", "(self)"),
        Shape("weasyprint.css.targets:TargetCollector", "()"),
        Shape(
            "weasyprint.layout:LayoutContext",
            "(style_for, get_image_from_uri, font_config, counter_style, target_collector)",
        ),
        Shape(
            "weasyprint.formatting_structure.build:build_formatting_structure",
            "(element_tree, style_for, get_image_from_uri, base_url, target_collector, counter_style, "
            "footnotes)",
        ),
    ),
)

_PSEUDO_ELEMENTS: Final = (
    *(None, "before", "after", "marker", "first-line", "first-letter"),
    *("footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"),
)


@dataclass(slots=True)
class Sheets:
    """The sheets of a document, parsed, with what they declare.

    Args:
        texts: Their texts, in the order of the cascade.
        parsed: The engine's sheets.
        faces: The engine's font configuration, with the faces they name.
        counters: The engine's counter styles.
        profiles: The colour profiles they name.
        endings: What frees the faces.
    """

    texts: tuple[str, ...]
    parsed: list[Any]
    faces: Any
    counters: Any
    profiles: dict[str, Any]
    endings: contextlib.ExitStack


@dataclass(slots=True)
class Styled:
    """A document parsed and styled.

    Args:
        html: The engine's document.
        chunks: Its text, cut at its articles.
        articles: The elements of its articles, in order.
        style_for: The engine's styles by element.
        sheets: Its sheets.
        changed: The indices of the articles that were parsed anew, or None where everything was.
    """

    html: Any
    chunks: Chunks
    articles: list[ET.Element]
    style_for: Any
    sheets: Sheets
    changed: list[int] | None = field(default=None)

    @property
    def root(self) -> ET.Element:
        """The root of its tree."""
        root: ET.Element = self.html.etree_element
        return root


class Styling:
    """Parses and styles one document again and again.

    Args:
        assets: The files it may fetch, by path below the origin; may be changed between documents.
    """

    def __init__(self, assets: Mapping[str, Asset]) -> None:
        """Keep the files; nothing is parsed yet."""
        self._engine = load_engine()
        self._assets = assets
        self._sheets: Sheets | None = None
        self._dictionaries: dict[Any, Any] = {}
        self.pictures: dict[Any, Any] = {}
        self.fetcher = fetcher_of(assets)

    def styled(self, html: str, before: Styled | None) -> Styled:
        """Parse and style a document.

        Args:
            html: The document.
            before: The document of before, which must not be used afterwards.
        """
        chunks = chunks_of(html)
        changed = chunks.changed_since(before.chunks) if before is not None else None
        if before is None or changed is None:
            return self._whole(html, chunks)
        for index in changed:
            self._replace(before, index, chunks.articles[index])
        before.chunks, before.changed = chunks, changed
        return before

    def context_of(self, styled: Styled) -> tuple[Any, Any]:
        """Return a new layout context of the engine, and the tree of boxes of the document."""
        from weasyprint.css.targets import TargetCollector  # noqa: PLC0415 - slow to load
        from weasyprint.formatting_structure.build import (  # noqa: PLC0415 - slow to load
            build_formatting_structure,
        )
        from weasyprint.images import get_image_from_uri  # noqa: PLC0415 - slow to load
        from weasyprint.layout import LayoutContext  # noqa: PLC0415 - slow to load

        targets = TargetCollector()
        for element in styled.root.iter():
            style = styled.style_for._computed_styles.get((element, None))  # noqa: SLF001 - guarded above
            if style is not None and style["anchor"]:
                targets.collect_anchor(style["anchor"])
        pictures = functools.partial(
            get_image_from_uri,
            cache=self.pictures,
            url_fetcher=self.fetcher,
            options=dict(self._engine.DEFAULT_OPTIONS),
        )
        sheets = styled.sheets
        context = LayoutContext(styled.style_for, pictures, sheets.faces, sheets.counters, targets)
        # Patterns of hyphenation take longer to load than a page to lay out.
        context.dictionaries = self._dictionaries
        root = build_formatting_structure(
            styled.root,
            styled.style_for,
            context.get_image_from_uri,
            styled.html.base_url,
            targets,
            sheets.counters,
            context.footnotes,
        )
        return context, root

    def close(self) -> None:
        """Free the faces."""
        if self._sheets is not None:
            self._sheets.endings.close()
            self._sheets = None

    def _parsed(self, html: str) -> Any:  # noqa: ANN401 - of the engine
        return self._engine.HTML(string=html, base_url=ORIGIN, url_fetcher=self.fetcher)

    def _whole(self, html: str, chunks: Chunks) -> Styled:
        from weasyprint.css import StyleFor  # noqa: PLC0415 - slow to load

        parsed = self._parsed(html)
        sheets = self._sheets_of(parsed)
        origins = [(sheet, "user agent", None) for sheet in parsed._ua_stylesheets()]  # noqa: SLF001
        origins += [(sheet, "author", None) for sheet in sheets.parsed]
        style_for = StyleFor(parsed, origins, False, sheets.faces, None)  # noqa: FBT003 - no names of its own
        articles = list(parsed.etree_element.iter("article"))
        return Styled(parsed, chunks, articles, style_for, sheets)

    def _sheets_of(self, parsed: Any) -> Sheets:  # noqa: ANN401
        texts = tuple("".join(each.itertext()) for each in parsed.etree_element.iter("style"))
        if self._sheets is not None and self._sheets.texts == texts:
            return self._sheets
        self.close()
        from weasyprint.css import find_stylesheets  # noqa: PLC0415 - slow to load
        from weasyprint.css.counters import CounterStyle  # noqa: PLC0415 - slow to load

        endings = contextlib.ExitStack()
        faces = endings.enter_context(faces_of_one_page())
        counters, profiles = CounterStyle(), dict[str, Any]()
        for styles in parsed._ua_counter_style():  # noqa: SLF001
            counters.update(styles)
        found = find_stylesheets(
            *(parsed.wrapper_element, parsed.media_type, self.fetcher, parsed.base_url, faces),
            *(counters, profiles, [], []),
        )
        self._sheets = Sheets(texts, list(found), faces, counters, profiles, endings)
        return self._sheets

    def _replace(self, styled: Styled, index: int, text: str) -> None:
        """Put a changed article into the place of its former self, and style it."""
        fragment = self._parsed(f"<!doctype html><body>{text}")
        new = next(fragment.etree_element.iter("article"))
        old = styled.articles[index]
        above = next(each for each in styled.root.iter() if any(child is old for child in each))
        new.tail = old.tail
        above[next(at for at, child in enumerate(above) if child is old)] = new
        styled.articles[index] = new
        computed = styled.style_for._computed_styles  # noqa: SLF001
        for element in old.iter():
            for pseudo in _PSEUDO_ELEMENTS:
                computed.pop((element, pseudo), None)
        _style(styled, new)


def _style(styled: Styled, article: ET.Element) -> None:
    """Compute the styles of an article and of all within it, as the engine does for a document."""
    style_for, root = styled.style_for, styled.root
    declared = _styles_of_attributes(styled, article)
    computed = style_for._computed_styles  # noqa: SLF001
    shared: dict[Any, Any] = {}
    for wrapper in _wrapper_of(styled, article).iter_subtree():
        element, above = wrapper.etree_element, wrapper.parent.etree_element
        matched = tuple(_matched(style_for, wrapper))
        key = (id(computed[above, None]), declared.get(element), matched)
        if key in shared:
            computed[element, None] = shared[key]
        else:
            style_for.set_computed_styles(element, root=root, parent=above, base_url=styled.html.base_url)
            shared[key] = computed[element, None]
    cascaded = style_for._cascaded_styles  # noqa: SLF001
    # Styles of pages stay there from layouts before; they are made anew with each page.
    for element, pseudo in [key for key in cascaded if key[1] and hasattr(key[0], "tag")]:
        style_for.set_computed_styles(
            element, pseudo_type=pseudo, root=root, parent=element, base_url=styled.html.base_url
        )
    cascaded.clear()


def _styles_of_attributes(styled: Styled, article: ET.Element) -> dict[Any, Any]:
    """Enter the declarations of attributes in the cascade, and return them by element."""
    from weasyprint.css import (  # noqa: PLC0415 - slow to load
        declaration_precedence,
        find_style_attributes,
        preprocess_declarations,
    )

    declared: dict[Any, Any] = {}
    cascaded = styled.style_for._cascaded_styles  # noqa: SLF001
    for specificity, element, declarations, base in find_style_attributes(
        article, presentational_hints=False, base_url=styled.html.base_url
    ):
        style = cascaded.setdefault((element, None), {})
        declared[element] = tuple(declarations)
        for name, values, importance in preprocess_declarations(base, declarations):
            _enter(style, name, values, (declaration_precedence("author", importance), inf, specificity))
    return declared


def _matched(style_for: Any, wrapper: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """Enter the declarations of the rules that match an element in the cascade, and yield what names them."""
    from weasyprint.css import declaration_precedence  # noqa: PLC0415 - slow to load

    cascaded = style_for._cascaded_styles  # noqa: SLF001
    for sheet, origin, _ in style_for._sheets:  # noqa: SLF001
        for specificity, _, pseudo, (declarations, layer) in sheet.matcher.match(wrapper):
            order = inf if layer is None else sheet.layers.index(layer)
            yield sheet, specificity, id(declarations), order
            style = cascaded.setdefault((wrapper.etree_element, pseudo), {})
            for name, values, importance in declarations:
                _enter(style, name, values, (declaration_precedence(origin, importance), order, specificity))


def _enter(style: dict[str, Any], name: str, values: Any, weight: tuple[Any, ...]) -> None:  # noqa: ANN401
    known = style.get(name, (None, None))[1]
    if known is None or known <= weight:
        style[name] = values, weight


def _wrapper_of(styled: Styled, article: ET.Element) -> Any:  # noqa: ANN401
    """Return the engine's wrapper of an element, with those of its parents and siblings before it."""
    # The wrapper of the root keeps its list of children, which an article in the body does not change.
    wrapper = styled.html.wrapper_element
    path = _path_to(styled.root, article)
    for element in path:
        wrapper = next(each for each in wrapper.iter_children() if each.etree_element is element)
    return wrapper


def _path_to(root: ET.Element, element: ET.Element) -> list[ET.Element]:
    """Return the elements from below the root down to one, with it."""
    parents = {child: parent for parent in root.iter() for child in parent}
    path = [element]
    while path[0] in parents and parents[path[0]] is not root:
        path.insert(0, parents[path[0]])
    return path
