"""The colours of the site in dark mode, and the index of its search."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.search.word_forms import fold
from pipeline.archive.site.appearance import DARK_PAPER, PAPER, in_the_dark
from pipeline.archive.site.search_index import SearchedArticle, search_index
from pipeline.page.identity.colours import TEXT_CONTRAST, contrast


@given(st.from_regex(r"#[0-9A-F]{6}", fullmatch=True))
def test_colours_with_contrast_on_white_have_contrast_in_dark_mode(colour: str) -> None:
    dark = in_the_dark({"token": colour})["token"]
    if contrast(colour, PAPER) >= TEXT_CONTRAST:
        assert contrast(dark, DARK_PAPER) >= TEXT_CONTRAST
    assert re.fullmatch(r"#[0-9A-F]{6}", dark)


@given(st.lists(st.text(max_size=40), max_size=4))
def test_the_index_of_any_words_is_valid(texts: list[str]) -> None:
    articles = [SearchedArticle("a#b", "2", text, text, text) for text in texts]
    script = search_index(articles).decode("utf-8", errors="surrogatepass")
    assert "\u2028" not in script
    index = json.loads(script.removeprefix("window.bulletinIndex=").removesuffix(";\n"))
    assert len(index["articles"]) == len(texts)
    assert all(form == fold(form) for form in index["forms"].values())
