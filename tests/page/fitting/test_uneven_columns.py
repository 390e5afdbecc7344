"""Where columns, or a margin and its text, end apart is measured for each run of articles by itself."""

from __future__ import annotations

from typing import Final

import pytest

from pipeline.page.engine.trial_press import trial_press
from pipeline.page.identity.style_file import PageRhythm

SHEET: Final = """
@page{size:A4;margin:60pt 18mm} body{margin:0} .two{columns:2;column-gap:6mm;column-fill:balance}
.high{height:200px;break-inside:avoid} .low{height:60px;break-inside:avoid}
.beside{float:left;width:40mm;height:260px} .body{margin-left:50mm}
"""
HIGH: Final = '<div class="high"></div>'
LOW: Final = '<div class="low"></div>'


@pytest.mark.parametrize(
    ("columns", "apart"),
    [(HIGH + HIGH, 0.0), (HIGH + LOW, 140.0), (HIGH, 200.0)],
)
def test_a_thing_alone_in_the_first_of_two_columns_leaves_the_second_empty(
    columns: str, apart: float
) -> None:
    html = (
        '<!doctype html><html lang="bg" data-layout="2"><head><title>Проба</title></head><body>'
        f'<section data-run-of="1.1"><div class="two">{columns}</div></section>'
        f'<section data-run-of="1.2"><div class="two">{HIGH}{HIGH}</div></section></body></html>'
    )
    with trial_press(
        [SHEET.replace("height:", "background:#000;height:")], {}, PageRhythm(lines=51, leading=14, top=60)
    ) as press:
        measures = press.measures(html)
    assert measures.unevenness.get(1, {}).get("1.1", 0.0) == pytest.approx(apart, abs=1)
    assert "1.2" not in measures.unevenness.get(1, {})
    assert measures.apart_on(1) == pytest.approx(apart, abs=1)
