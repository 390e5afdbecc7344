"""Articles and documents made by rule: what an officer may type, and what a browser may send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Json = dict[str, Any]

SIGNS: Final = "абв Ж xyz.,;:!?*_`[]()<>#+-=|~\\&\"'{}/123 \u00a0–„“«»№%@^$😀éй"
LIKE_MARKUP: Final = (
    "# заглавие",
    "- точка",
    "1. първо",
    "14. октомври",
    "> цитат",
    "```",
    "---",
    "***",
    "*курсив*",
    "**получер**",
    "[връзка](http://x.bg)",
    "![снимка](a.jpg)",
    "<b>html</b>",
    "<!-- бележка -->",
    "&amp;",
    "http://a.bg/x_y_z",
    "https://пример.бг/а(б)",
    "a@b.bg",
    "[^1]",
    "[^нова]:",
    "| a | b |",
    "    код",
    "\\*",
    "име_на_файл",
    "2*3*4",
    "__init__",
    "=",
    "===",
    "по-добра",
    "а\nб",
    "  два  ",
    "**",
    "!",
    "{credit=x}",
)
"""What is text on the screen, and would be markup in a file."""

PLAIN: Final = ("дума", "нова", "Клъстерът", "и", "на", "2023", "г.")

words: SearchStrategy[str] = st.one_of(
    st.lists(st.sampled_from(PLAIN), min_size=1, max_size=8).map(" ".join),
    st.lists(st.sampled_from(LIKE_MARKUP), min_size=1, max_size=3).map(" ".join),
    st.text(SIGNS, min_size=1, max_size=12),
)

_MARKS: Final = (
    {"type": "em"},
    {"type": "strong"},
    {"type": "code"},
    {"type": "link", "attrs": {"href": "https://example.org/a(b)"}},
    {"type": "link", "attrs": {"href": "mailto:a@b.bg"}},
    {"type": "link", "attrs": {"href": "tower.md"}},
)


def _marked(text: str, marks: list[Json]) -> Json:
    once = {mark["type"]: mark for mark in marks}
    return {"type": "text", "text": text, "marks": list(once.values())}


_text: SearchStrategy[Json] = st.builds(_marked, words, st.lists(st.sampled_from(_MARKS), max_size=3))
_break = st.just({"type": "hard_break"})
_call = st.just({"type": "note_call", "attrs": {"label": "нова"}})
_plain_words = st.lists(_text, min_size=1, max_size=3)
_words = st.lists(st.one_of(_text, _text, _text, _break, _call), min_size=1, max_size=5)


def _node(kind: str, content: SearchStrategy[Any], **attrs: SearchStrategy[Any]) -> SearchStrategy[Json]:
    return st.fixed_dictionaries(
        {"type": st.just(kind), "content": content}
        | ({"attrs": st.fixed_dictionaries(attrs)} if attrs else {})
    )


def _table(columns: int, rows: int) -> SearchStrategy[Json]:
    def row(kind: str) -> SearchStrategy[Json]:
        cell = _node(kind, st.one_of(st.just([]), _plain_words))
        return _node("table_row", st.lists(cell, min_size=columns, max_size=columns))

    return _node("table", st.tuples(row("table_header"), *(row("table_cell") for _ in range(rows))).map(list))


_figure = st.fixed_dictionaries(
    {
        "type": st.just("figure"),
        "attrs": st.fixed_dictionaries(
            {
                "source": st.sampled_from(["images/a.jpg", "a b.jpg", "a(1).png", "снимка.jpg"]),
                "alternative": words,
                "credit": words,
                "caption": st.one_of(st.just(""), words),
                "measure": st.sampled_from(["text", "wide", "half"]),
                "focus": st.sampled_from([None, [50, 20]]),
                "consent": st.sampled_from([None, "yes", "not-needed"]),
            }
        ),
    }
)

_code = st.one_of(words, st.just("def f(x):\n    return `x`\n\n```\n  y")).map(
    lambda text: [{"type": "text", "text": text}]
)
_leaf: SearchStrategy[Json] = st.one_of(
    _node("paragraph", _words),
    _node("paragraph", _words),
    _node("heading", _plain_words, level=st.integers(2, 4)),
    st.integers(1, 3).flatmap(lambda columns: _table(columns, 1)),
    _node("code_block", _code),
    _figure,
    st.sampled_from([{"type": "horizontal_rule"}, {"type": "page_break"}]),
)


def _containers(inner: SearchStrategy[Json]) -> SearchStrategy[Json]:
    item = _node("list_item", st.lists(inner, max_size=2))
    items = st.lists(item, min_size=1, max_size=3)
    return st.one_of(
        _node("bullet_list", items),
        _node("ordered_list", items, order=st.sampled_from([1, 1, 3, 14])),
        _node("blockquote", st.lists(inner, min_size=1, max_size=2)),
    )


blocks: SearchStrategy[Json] = st.recursive(_leaf, _containers, max_leaves=6)
"""A block of an editor's document, as its JSON."""

notes: SearchStrategy[list[Json]] = st.lists(
    st.fixed_dictionaries(
        {"type": st.just("note"), "attrs": st.just({"label": "нова"}), "content": _plain_words}
    ),
    max_size=1,
)
