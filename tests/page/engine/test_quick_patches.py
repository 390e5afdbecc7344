"""What the engine computes and writes faster is what it would compute and write by itself."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import re
import zlib
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.page.engine.loading import load_engine
from pipeline.page.engine.shortcuts.deflated_profile import DEFLATED
from pipeline.page.pictures.press_conditions import COATED

# No lengths in `ex`: without faces the engine takes them from memory that nobody has filled.
VALUES: Final = (
    *(
        "margin-top: 3em",
        "margin-inline-start: 5%",
        "margin-block: 2em 7px",
        "margin: auto",
        "padding: calc(1em + 2px)",
    ),
    *(
        "padding-block-end: 4px",
        "inset: 1px",
        "inset-inline: 5px 6px",
        "top: 9px",
        "inline-size: 50%",
        "width: 30mm",
    ),
    *(
        "block-size: 4em",
        "min-height: 1em",
        "border: 1px solid red",
        "border-block-start: 2px dotted",
        "border-top: 0",
    ),
    *(
        "border-inline-color: green",
        "border-width: thick",
        "border-start-start-radius: 3px",
        "border-radius: 2px 3px",
    ),
    *(
        "float: left",
        "position: absolute",
        "position: running(x)",
        "display: flex",
        "display: inline",
        "display: list-item",
    ),
    *(
        "page: cover",
        "page: auto",
        "text-decoration: underline",
        "text-decoration-line: line-through",
        "outline: 1px solid",
    ),
    *(
        "font-size: 2em",
        "font-size: smaller",
        "font-size: calc(1em + 1px)",
        "line-height: 1.5",
        "line-height: calc(1em + 2px)",
    ),
    *(
        "text-indent: calc(1em + 10%)",
        "letter-spacing: calc(.1em + 1px)",
        "word-spacing: 2em",
        "color: #123",
        "color: inherit",
    ),
    *(
        "all: unset",
        "columns: 2",
        "column-gap: 1em",
        "column-gap: normal",
        "column-rule: 1px solid",
        "direction: rtl",
    ),
    *(
        "--a: 3px",
        "--a: var(--b)",
        "--b: 1em",
        "margin: var(--a)",
        "margin-left: var(--missing)",
        "width: var(--a, 7px)",
    ),
    *(
        "margin: initial",
        "margin: inherit",
        "width: inherit",
        "font-size: inherit",
        "text-indent: initial",
        "orphans: 4",
    ),
    *(
        "background: red",
        "lang: 'bg'",
        "hyphens: auto",
        "string-set: a content()",
    ),
    *(
        "content: 'x'",
        "counter-reset: a",
        "bleed: auto",
        "size: A5",
        "clip: auto",
        "tab-size: 4",
        "quotes: none",
    ),
)
RULE: Final = st.tuples(
    st.sampled_from(
        ["*", "p", "div", "div p", "span", "p::before", "html", "body", ":root", "p:first-child"]
    ),
    st.lists(st.sampled_from(VALUES), min_size=1, max_size=5),
)
ADDRESS: Final = re.compile(" at 0x[0-9a-f]+")
BODY: Final = "<div><p>a <span>b <span>c</span></span></p><p>d</p></div><p>e</p>"


def engine(module: str) -> Any:
    """Return a module of the engine, with our patches."""
    load_engine()
    return importlib.import_module(f"weasyprint.{module}")


def unpatched() -> Any:
    """Return the engine's own way to compute a property."""
    return inspect.getclosurevars(engine("css").ComputedStyle.__missing__).nonlocals["computed"]


def styles(sheet: str, names: list[str], missing: Any) -> list[tuple[str, ...]]:
    """Return the properties of all elements, asked for in an order, as one of the two ways computes them."""
    css = engine("css")
    patched = css.ComputedStyle.__missing__
    css.ComputedStyle.__missing__ = missing
    try:
        html = load_engine().HTML(string=f"<style>{sheet}</style>{BODY}")
        style_for = css.get_all_computed_styles(html, font_config=engine("text.fonts").FontConfiguration())
        found = []
        for element in html.etree_element.iter():
            for kind in (None, "before"):
                style = style_for(element, kind)
                if style is not None:
                    found.append(tuple(ADDRESS.sub("", repr(style[name])) for name in names))
        return found
    finally:
        css.ComputedStyle.__missing__ = patched


@settings(max_examples=40, deadline=None)
@given(st.lists(RULE, max_size=6), st.randoms(use_true_random=False))
def test_properties_are_those_that_the_engine_computes(
    rules: list[tuple[str, list[str]]], chance: Any
) -> None:
    names = sorted(engine("css.properties").INITIAL_VALUES)
    chance.shuffle(names)
    sheet = "".join(f"{selector} {{ {'; '.join(values)} }}" for selector, values in rules)
    assert styles(sheet, names, engine("css").ComputedStyle.__missing__) == styles(sheet, names, unpatched())


def own_writer() -> Any:
    """Return the writer of PDF as it comes."""
    spec = importlib.util.find_spec("pydyf")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@given(
    st.floats()
    | st.floats(-1000, 1000).map(lambda number: round(number, 3))
    | st.integers()
    | st.integers(-(10**6), 10**6).map(float)
    | st.binary(max_size=3)
    | st.booleans()
    | st.text(st.characters(codec="ascii"), max_size=3)
)
def test_numbers_are_written_as_the_writer_writes_them(item: Any) -> None:
    pydyf = engine("pdf").pydyf
    assert pydyf._to_bytes(item) == own_writer()._to_bytes(item)


@pytest.mark.parametrize("item", [-0.0, 1e22, 1.0000001, -1e-9, 0.1 + 0.2])
def test_numbers_at_the_edge_are_written_as_the_writer_writes_them(item: float) -> None:
    pydyf = engine("pdf").pydyf
    stream, own = pydyf.Stream(), own_writer().Stream()
    for each in (stream, own):
        each.move_to(item, 3)
        each.curve_to(item, 0, item, 1.5, 2, item)
    assert stream.stream == own.stream
    assert pydyf._to_bytes(pydyf.Array([item, 2])) == b"[%s 2]" % own_writer()._to_bytes(item)


def of_stream(writer: Any, content: list[bytes], *, compress: bool) -> bytes:
    return bytes(writer.Stream(content, {"N": 4}, compress=compress).data)


def test_the_profile_of_a_press_file_is_the_one_that_the_writer_would_deflate() -> None:
    profile = COATED.read_bytes()
    written = of_stream(engine("pdf").pydyf, [profile], compress=True)
    head, _, rest = written.partition(b"\nstream\n")
    assert zlib.decompress(rest.removesuffix(b"\nendstream")) == profile
    own = of_stream(own_writer(), [profile], compress=True)
    assert head.replace(b"%d" % DEFLATED.stat().st_size, b"") == re.sub(
        rb"/Length \d+", b"/Length ", own.partition(b"\nstream\n")[0]
    )
    assert abs(len(own) - len(written)) < len(own) / 50


@pytest.mark.parametrize("change", [lambda data: data + b"x", lambda data: data[:-1] + b"x", lambda _: b""])
def test_another_profile_is_deflated_by_the_writer(change: Any) -> None:
    content = [change(COATED.read_bytes())]
    assert of_stream(engine("pdf").pydyf, content, compress=True) == of_stream(
        own_writer(), content, compress=True
    )


def test_a_profile_that_is_not_to_be_deflated_is_written_as_it_is() -> None:
    content = [COATED.read_bytes()]
    assert of_stream(engine("pdf").pydyf, content, compress=False) == of_stream(
        own_writer(), content, compress=False
    )
