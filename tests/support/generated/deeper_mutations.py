"""Ways to harm a page beside the composed HTML: in the templates, and in the engine's boxes after layout."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final
from unittest import mock

from pipeline.page.templates.environment import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.generated.law_trials import Trial

_WORDS: Final = "{{ inlines(child.children, notes) }}"
_NOTE: Final = "{{ inlines(note.children, notes) }}"
_TITLE: Final = "{{ words(article.head.title) }}"
_ARTICLES: Final = "for article in section.articles"

_CHANGES: Final = (
    ("blocks.html.j2", f"<p>{_WORDS}</p>", "<p>{{ inlines(child.children[:-1], notes) }}</p>"),
    ("blocks.html.j2", f"<em>{_WORDS}</em>", "<em></em>"),
    ("blocks.html.j2", f"<strong>{_WORDS}</strong>", ""),
    ("blocks.html.j2", "for row in child.rows", "for row in child.rows[1:]"),
    ("blocks.html.j2", "for row in child.rows", "for row in child.rows | reverse"),
    ("blocks.html.j2", "for cell in row ", "for cell in row[:-1] "),
    ("blocks.html.j2", "for cell in row ", "for cell in row | reverse "),
    ("blocks.html.j2", "for head in child.heads -", "for head in child.heads[:-1] -"),
    ("blocks.html.j2", 'for item in child["items"]', 'for item in child["items"] | reverse'),
    ("blocks.html.j2", 'for item in child["items"]', 'for item in child["items"][:-1]'),
    ("blocks.html.j2", "{{ words(picture.caption) }}", "{{ words(picture.caption * 2) }}"),
    ("blocks.html.j2", "{{ words(picture.caption) }}", ""),
    ("colophon.html.j2", "<p>{{ funder.disclaimer }}</p>", ""),
    ("colophon.html.j2", "{{ words(member.name) }}", ""),
    ("contents.html.j2", "{{ section.number }}.&nbsp;{{ section.title }}", "{{ section.number }}."),
    ("contents.html.j2", f"{_ARTICLES} %", f"{_ARTICLES}[1:] %"),
    ("section.html.j2", "{{ words(section.lead) }}", "{{ words(section.lead * 2) }}"),
)
_CHANGES_OF_SIMPLE: Final = (
    ("blocks.html.j2", f">{_NOTE}</span>", "></span>"),
    ("blocks.html.j2", "credit=picture.credit", 'credit=""'),
    ("card.html.j2", "for fact in card.facts -", "for fact in card.facts[1:] -"),
    ("card.html.j2", "for fact in card.facts -", "for fact in card.facts[:-1] -"),
    ("article.html.j2", f"{_TITLE}</h3>", f"{_TITLE}</h3><h4>{_TITLE}</h4>"),
    ("article.html.j2", "{{ words(article.head.standfirst) }}", ""),
    ("article.html.j2", "name=article.head.author", 'name=""'),
    ("closing.html.j2", "{{ words(entry.place) }}", ""),
    ("section.html.j2", f"{_ARTICLES} %", f"{_ARTICLES} | reverse %"),
    ("masthead.html.j2", '<p class="subtitle">{{ words(issue.title) }}</p>', ""),
    ("gallery.html.j2", "{{ words(item.name) }}", ""),
)
_CHANGES_OF_MADE_UP: Final = (
    ("blocks.html.j2", f"</a> {_NOTE}</li>", "</a></li>"),
    ("blocks.html.j2", "{{ words(credit) }}", ""),
    ("facts.html.j2", "for fact in card.facts if", "for fact in card.facts[1:] if"),
    ("facts.html.j2", "for fact in card.facts if", "for fact in card.facts[:-1] if"),
    ("facts.html.j2", "{{ words(article.head.member) }}", "–"),
    ("facts.html.j2", "<dt>{{ label(fact.label) }}</dt>", ""),
    ("pieces.html.j2", f"{_TITLE}</h3>", f"{_TITLE}</h3><h4>{_TITLE}</h4>"),
    ("pieces.html.j2", "{{ words(article.head.standfirst) }}", ""),
    ("pieces.html.j2", "name=article.head.author", 'name=""'),
    ("pieces.html.j2", "{{ words(entry.place) }}", ""),
    ("pieces.html.j2", "{{ entry.day }}", ""),
    ("pieces.html.j2", "{{ entry.when }}", ""),
    ("pieces.html.j2", "{{ month.name }}", ""),
    ("pieces.html.j2", '<span class="year">{{ month.year }}</span>', ""),
    ("pieces.html.j2", "for month in events.months", "for month in events.months | reverse"),
    ("pieces.html.j2", "for fact in entry.facts", "for fact in entry.facts[1:]"),
    ("pieces.html.j2", "{%- if entry.is_wide %}", "{%- if false %}"),
    ("pieces.html.j2", "for row in run.gallery.rows", "for row in run.gallery.rows[1:]"),
    ("pieces.html.j2", "{{ words(mark.organisation.name) }}", ""),
    ("pieces.html.j2", "{{ words(country_name(mark.organisation.country)) }}", ""),
    ("pieces.html.j2", "{{ contact(mark.organisation.url) }}", ""),
    ("section.html.j2", "for each in row", "for each in row | reverse"),
    ("section.html.j2", "for run in made.runs", "for run in made.runs | reverse"),
    ("masthead.html.j2", "{{ words(issue.title) }}</h2>", "</h2>"),
    ("masthead.html.j2", "{{ words(issue.greeting) }}", ""),
    ("closing.html.j2", "{{ row.share }}", ""),
)
"""Changes of templates: name, old text, new text; of those of all styles, and of either kind of styles."""

_BOXES: Final = ("engine: lost", "engine: off the page", "engine: on other text", "engine: below")
_EACH: Final = 6


def template_changes(trial: Trial) -> Iterator[tuple[str, str]]:
    """Yield the HTML of an issue with each change of a template, with the change."""
    own = trial.templates
    is_made_up = "pieces.html.j2" in own
    for name, old, new in (*_CHANGES, *(_CHANGES_OF_MADE_UP if is_made_up else _CHANGES_OF_SIMPLE)):
        source = own[name] if name in own else (TEMPLATES / name).read_text("utf-8")
        assert old in source, f"{name}: {old}"
        yield f"{name}: {old} → {new}", trial.html({name: source.replace(old, new)})


def box_changes() -> Iterator[tuple[str, str, contextlib.AbstractContextManager[Any]]]:
    """Yield changes of single text boxes after layout: class, words, and the context in which to print."""
    for kind in _BOXES:
        for index in range(_EACH):
            yield kind, f"line {_FIRST + _APART * index}", _changed_box(kind, _FIRST + _APART * index)


_FIRST: Final = 19
_APART: Final = 13


@contextlib.contextmanager
def _changed_box(kind: str, which: int) -> Iterator[None]:
    from weasyprint import draw  # noqa: PLC0415 - the engine loads once the faces are isolated

    drawing: Callable[..., None] = draw.draw_text
    count, above = 0, (0.0, 0.0)

    def draw_text(stream: Any, textbox: Any, *rest: Any) -> None:
        nonlocal count, above
        # A line that is moved upwards comes to lie on other text only where there is a line above it.
        goes_on = textbox.position_x == above[0] and 10 < textbox.position_y - above[1] < 20
        above = textbox.position_x, textbox.position_y
        has_letters = sum(letter.isalpha() for letter in textbox.text) > 3
        count += has_letters and (goes_on or kind != "engine: on other text")
        if count != which:
            return drawing(stream, textbox, *rest)
        count += 1
        if kind == "engine: lost":
            return None
        right, down = {"engine: off the page": (900, 0), "engine: on other text": (0, -15)}.get(
            kind, (0, 250)
        )
        textbox.position_x += right
        textbox.position_y += down
        return drawing(stream, textbox, *rest)

    with mock.patch.object(draw, "draw_text", draw_text):
        yield
