"""What the engine set before is not set again, and nothing of the pages differs for it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

import pytest

from pipeline.page.engine.faces import faces_of_one_page
from pipeline.page.engine.fetching import Asset, fetcher_of
from pipeline.page.engine.loading import load_engine
from pipeline.page.engine.memory import lines
from pipeline.page.engine.paragraphs import measuring
from pipeline.page.engine.paragraphs.remembered import DECORATION, OF_A_TEXT, Memory
from pipeline.page.style import ORIGIN
from tests.page.engine.memory.pages import STYLE, printed

if TYPE_CHECKING:
    from collections.abc import Iterator


WORDS: Final = "Градът се учи, когато някой го попита какво не знае и какво би желал да научи. " * 4


@pytest.fixture
def forgotten() -> Iterator[None]:
    """Nothing is remembered, before and after."""
    load_engine()
    for memory in (lines.memory, measuring.memory):
        memory.clear()
    yield
    for memory in (lines.memory, measuring.memory):
        memory.clear()


@pytest.mark.usefixtures("forgotten")
class TestRememberedLines:
    COLUMNS: Final = "{ columns: 3; text-align: justify; --composing: total-fit }"
    LOOKS: Final = (
        COLUMNS,
        "{ columns: 2; text-align: justify }",
        "{ width: 60mm; letter-spacing: 1pt }",
        "{ width: 60mm; text-decoration: underline }",
        "{ width: 60mm; word-spacing: 2pt; hyphens: manual }",
        "{ width: 60mm; text-overflow: ellipsis; overflow: hidden; white-space: nowrap }",
    )

    def test_give_the_bytes_of_lines_set_anew(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rules = " ".join(f".look-{at} {rule}" for at, rule in enumerate(self.LOOKS))
        words = f"<p>{WORDS}<b>{WORDS}</b></p>"
        body = "".join(f'<div class="look-{at}">{words}</div>' for at in range(len(self.LOOKS)))
        with monkeypatch.context() as patch:
            for memory in (lines.memory, measuring.memory):
                patch.setattr(memory, "recall", lambda _, make: make())
            anew = printed(body, rules)
        assert not len(lines.memory)
        assert printed(body, rules) == anew
        known = len(lines.memory)
        assert printed(body, rules) == anew
        assert len(lines.memory) == known > 0

    def test_are_not_set_again_in_another_document(self) -> None:
        body = f"<div><p>{WORDS}</p></div>"
        printed(body, f"div {self.COLUMNS}")
        known, texts = len(lines.memory), len(measuring.memory)
        printed(body, f"div {self.COLUMNS}")
        assert (len(lines.memory), len(measuring.memory)) == (known, texts)

    def test_of_other_faces_are_other_lines(self) -> None:
        body = f"<div><p>{WORDS}</p></div>"
        printed(body)
        known = len(lines.memory)
        printed(
            body, f"@font-face {{ font-family: Eine; src: url({ORIGIN}fonts/{next(iter(STYLE.faces))}) }}"
        )
        assert len(lines.memory) == 2 * known


@pytest.mark.usefixtures("forgotten")
def test_all_of_a_style_that_a_line_depends_on_is_in_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine is asked for lines of every kind, and watched for what it reads of a style."""
    from weasyprint.css import InitialStyle  # noqa: PLC0415 - slow to load
    from weasyprint.layout import preferred  # noqa: PLC0415

    read: set[str] = set()

    class Watched(InitialStyle):  # type: ignore[misc]
        def __getitem__(self, name: str) -> Any:
            read.add(name)
            return super().__getitem__(name)

    class Context:
        dictionaries: Final[dict[Any, Any]] = {}

    kinds: tuple[dict[str, Any], ...] = (
        {},
        {"hyphens": "auto", "lang": "bg"},
        {"overflow_wrap": "anywhere", "letter_spacing": 2, "word_spacing": 1},
        {"white_space": "pre", "text_decoration_line": {"underline"}, "font_language_override": "BGR"},
        {"hyphens": "manual", "font_feature_settings": (("smcp", 1),)},
    )
    # Past the memory, to the engine's own function.
    monkeypatch.setattr(lines.memory, "recall", lambda _, make: make())
    monkeypatch.setattr(lines, "text_key", lambda _: None)
    with faces_of_one_page() as faces:
        for kind in kinds:
            style: Any = Watched(faces)
            style.update({"lang": None, **kind})
            for text in ("дума и\tобразователно\u00adучреждение " * 3, "дума"):
                for width in (10.0, 60.0, 400.0, None):
                    preferred.split_first_line(text, style, Context, width, 0)
    assert read <= {*OF_A_TEXT, DECORATION}


def test_a_memory_forgets_what_was_not_asked_for_longest() -> None:
    memory: Memory[int] = Memory(2)
    made: list[str] = []

    def make(key: str) -> int:
        made.append(key)
        return len(made)

    for key in ("a", "b", "a", "c", "a", "b"):
        memory.recall(key, functools.partial(make, key))
    assert made == ["a", "b", "c", "b"]
    assert len(memory) == 2


def test_a_face_that_cannot_be_fetched_is_told_from_one_that_can() -> None:
    weasyprint = load_engine()
    name, path = next(iter(STYLE.faces.items()))
    rule = f"@font-face {{ font-family: Eine; src: url(fonts/{name}) }}"
    keys = []
    for assets in ({f"fonts/{name}": Asset(path.read_bytes(), "font/ttf")}, {}):
        with faces_of_one_page() as faces:
            weasyprint.CSS(
                string=rule,
                base_url=ORIGIN,
                url_fetcher=fetcher_of(assets),
                font_config=faces,
            )
            keys.append(faces.content_of_faces)
    assert keys[0] != keys[1]
