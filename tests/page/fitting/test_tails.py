"""The last page of a stretch is saved by lower photographs before it; pages are judged by what is on them."""

from __future__ import annotations

import pytest

from pipeline.findings.place import Place
from pipeline.page.engine.page_boxes import PageFill
from pipeline.page.engine.page_measures import LayoutMeasures, RunExtent
from pipeline.page.fitting.judging import Ruler, page_cost
from pipeline.page.fitting.measures_of_parts import with_pages_from
from pipeline.page.fitting.options import options_for
from pipeline.page.fitting.stretches import Adjustable, RunPlan
from pipeline.page.fitting.tails import relaxed, shorter
from pipeline.page.makeup.fitting import UNFITTED
from pipeline.page.makeup.slots import Play

RULER = Ruler(14.0, 0.0, 51 * 14.0)
OPENING = Place("a.md", 3)
LATER = Place("b.md", 9)


def plan(name: str, *adjustable: Adjustable) -> RunPlan:
    return RunPlan(name, 1, begins_section=True, adjustable=adjustable, free=())


STRETCH = (
    plan("1.1", Adjustable(OPENING, Play(2, 0), 1, 0, may_go_across=False, inner="a.md")),
    plan("1.2", Adjustable(LATER, Play(3, 0), 1, 0, may_go_across=False)),
)


def measures(lines: int, **more: dict[int, dict[str, float]]) -> LayoutMeasures:
    fills = (PageFill(51, 0), PageFill(lines, 51 - lines))
    runs = {"1.1": RunExtent(1, 0.0, 1, 700.0), "1.2": RunExtent(2, 0.0, 2, lines * 14.0)}
    return LayoutMeasures(fills, runs, {"a.md:3": 1, "b.md:9": 2}, {}, more.get("unevenness", {}))


def test_pictures_that_run_out_to_the_edge_are_set_to_the_text_where_lower_ones_alone_save_no_page() -> None:
    tried = [each.fitting for each in shorter(STRETCH, UNFITTED, 12, slack=8)]
    lowered, inner = tried
    assert dict(lowered.heights) == {OPENING: -2, LATER: -3}
    assert inner.off_spine == {"a.md"}
    assert inner.heights[OPENING] < -2


def test_what_was_lowered_to_save_a_page_is_tried_less_low() -> None:
    saved = UNFITTED.with_height(OPENING, -6).with_height(LATER, -3)._replace(off_spine=frozenset({"a.md"}))
    tried = [dict(each.fitting.heights) for each in relaxed(STRETCH, saved)]
    assert tried == [{OPENING: -2, LATER: -3}, {OPENING: -4, LATER: -3}, {OPENING: -4, LATER: -1}]


def test_what_stands_in_the_margin_keeps_its_page_by_being_low() -> None:
    beside = Place("a.md", 5)
    margin = Adjustable(beside, Play(4, 0), 0, 0, may_go_across=False)
    stretch = (STRETCH[0]._replace(adjustable=(*STRETCH[0].adjustable, margin)), STRETCH[1])
    saved = UNFITTED.with_height(OPENING, -6)._replace(off_spine=frozenset({"a.md"}))
    tried = [dict(each.fitting.heights) for each in relaxed(stretch, saved)]
    assert tried[0] == {OPENING: -2, beside: -4}


def test_what_cannot_save_a_page_is_not_tried() -> None:
    assert not list(shorter(STRETCH, UNFITTED, 12, slack=6))


def test_photographs_of_the_pages_before_are_lowered_too_for_what_would_just_not_fit() -> None:
    options = options_for(2, STRETCH, measures(40), UNFITTED, is_last=False, may_lower=True)
    assert any(dict(each.heights) == {OPENING: -2, LATER: -3} for each in options)


@pytest.mark.parametrize(("fewer", "more"), [(6, 7), (16, 17), (17, 18), (40, 41)])
def test_each_line_on_a_page_that_ends_early_betters_it_and_a_few_alone_are_worst(
    fewer: int, more: int
) -> None:
    least, better = page_cost(measures(fewer), 2, RULER), page_cost(measures(more), 2, RULER)
    assert 0 < least - better < 4
    assert page_cost(measures(6), 2, RULER) > page_cost(measures(16), 2, RULER) + 20


def test_a_margin_that_is_far_longer_than_its_text_is_worse_than_a_page_that_ends_early() -> None:
    hanging = measures(51, unevenness={2: {"1.2": 15 * 14.0}})
    assert page_cost(hanging, 2, RULER) > page_cost(measures(16), 2, RULER)


def test_what_hangs_above_a_run_that_is_laid_out_anew_is_not_forgotten() -> None:
    base = measures(51, unevenness={2: {"1.1": 200.0, "1.2": 90.0}})
    made = LayoutMeasures((PageFill(51, 0),), {"1.2": RunExtent(1, 100.0, 1, 700.0)}, {}, {}, {})
    assert with_pages_from(base, made, 1).unevenness == {2: {"1.1": 200.0}}
