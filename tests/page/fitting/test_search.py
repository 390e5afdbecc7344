"""The search on pages of a model: runs of known lines, whose pictures give or take some."""

from __future__ import annotations

from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from pipeline.findings.place import Place
from pipeline.page.engine.page_boxes import PageFill
from pipeline.page.engine.page_measures import LayoutMeasures, RunExtent
from pipeline.page.fitting.judging import Ruler, page_cost
from pipeline.page.fitting.search import Search
from pipeline.page.fitting.stretches import Adjustable, RunPlan
from pipeline.page.fitting.trials import MOST_TRIALS
from pipeline.page.makeup.fitting import UNFITTED, Fitting
from pipeline.page.makeup.slots import Play

LINES: Final = 51
LEADING: Final = 10.0
RULER: Final = Ruler(LEADING, 0.0, LINES * LEADING)
HEAD: Final = 6
"""Lines of a run that stay together: what begins it."""


class Model:
    """Lays out runs: each has so many lines, and pictures by which it is longer or shorter."""

    def __init__(self, runs: list[tuple[int, int, int]]) -> None:
        self.plans = []
        self.lines = {}
        for number, (lines, lower, higher) in enumerate(runs):
            place = Place("a.md", number)
            picture = Adjustable(place, Play(lower, higher), 1, 0, may_go_across=False)
            name = f"1.{number}"
            self.plans.append(RunPlan(name, 1, number == 0, (picture,), ()))
            self.lines[name] = (lines, place)
        self.calls = 0

    def lay_out(self, fitting: Fitting, names: tuple[str, ...], above: float) -> LayoutMeasures:
        self.calls += 1
        page, used = 1, round(above / LEADING)
        fills: list[PageFill] = []
        runs, pictures = {}, {}
        for name in names:
            lines, place = self.lines[name]
            left = lines + fitting.heights.get(place, 0)
            if LINES - used < HEAD:
                fills.append(PageFill(used, LINES - used))
                page, used = page + 1, 0
            first, top = page, used
            pictures[f"a.md:{place.line}"] = page
            while left > LINES - used:
                left -= LINES - used
                fills.append(PageFill(LINES, 0))
                page, used = page + 1, 0
            used += left
            runs[name] = RunExtent(first, top * LEADING, page, used * LEADING)
        fills.append(PageFill(used, LINES - used))
        return LayoutMeasures(tuple(fills), runs, pictures, {}, {})

    def whole(self) -> LayoutMeasures:
        return self.lay_out(UNFITTED, tuple(plan.name for plan in self.plans), 0.0)

    def cost(self, fitting: Fitting) -> tuple[int, float]:
        measures = self.lay_out(fitting, tuple(plan.name for plan in self.plans), 0.0)
        pages = range(1, len(measures.fills) + 1)
        return len(measures.fills), sum(page_cost(measures, page, RULER) for page in pages)


RUNS: Final = st.lists(
    st.tuples(st.integers(HEAD, 70), st.integers(0, 6), st.integers(0, 4)), min_size=1, max_size=7
)


@given(RUNS)
def test_what_is_found_is_no_worse_than_what_was_and_within_what_pictures_allow(
    runs: list[tuple[int, int, int]],
) -> None:
    model = Model(runs)
    search = Search(model.whole(), RULER, model.lay_out)
    found = search.found([model.plans], UNFITTED)
    before, after = model.cost(UNFITTED), model.cost(found.fitting)
    assert after[0] <= before[0]
    assert after <= (before[0], before[1] + 1) or after[0] < before[0]
    assert search.trials <= MOST_TRIALS + 1
    for number, (_, lower, higher) in enumerate(runs):
        assert -lower <= found.fitting.heights.get(Place("a.md", number), 0) <= higher


@given(RUNS)
def test_the_same_pages_lead_to_the_same_decisions(runs: list[tuple[int, int, int]]) -> None:
    def decided() -> Fitting:
        model = Model(runs)
        return Search(model.whole(), RULER, model.lay_out).found([model.plans], UNFITTED).fitting

    assert decided() == decided()


def test_a_page_of_a_few_lines_is_saved_by_lower_photographs() -> None:
    model = Model([(30, 4, 0), (26, 4, 0)])
    assert len(model.whole().fills) == 2
    found = Search(model.whole(), RULER, model.lay_out).found([model.plans], UNFITTED)
    assert model.cost(found.fitting)[0] == 1
    assert found.pages == [1]


def test_a_page_that_ends_early_is_filled_by_a_higher_photograph() -> None:
    model = Model([(46, 0, 5), (30, 0, 0)])
    found = Search(model.whole(), RULER, model.lay_out).found([model.plans], UNFITTED)
    assert found.fitting.heights == {Place("a.md", 0): 5}


def test_full_pages_are_left_alone_without_a_trial() -> None:
    model = Model([(51, 6, 4), (50, 6, 4)])
    whole = model.whole()
    calls = model.calls
    assert Search(whole, RULER, model.lay_out).found([model.plans], UNFITTED).fitting == UNFITTED
    assert model.calls == calls


def test_a_last_page_nearly_bare_gets_more_of_the_text_from_a_higher_photograph() -> None:
    # Before, six lines of the second run stand on the first page, and fourteen alone on the next.
    model = Model([(45, 0, 4), (20, 0, 0)])
    assert [fill.lines for fill in model.whole().fills] == [51, 14]
    found = Search(model.whole(), RULER, model.lay_out).found([model.plans], UNFITTED)
    assert found.fitting.heights == {Place("a.md", 0): 4}


def test_a_picture_that_would_not_fit_beside_the_text_above_goes_up_a_little_lower() -> None:
    place = Place("a.md", 3)
    picture = Adjustable(place, Play(3, 0), 1, 0, may_go_across=False, lifts=1)
    plan = RunPlan(
        "1.1",
        1,
        begins_section=True,
        adjustable=(picture,),
        free=(),
    )

    def lay_out(fitting: Fitting, _names: tuple[str, ...], _above: float) -> LayoutMeasures:
        fits = fitting.later.get(place) == -1 and fitting.heights.get(place, 0) < 0
        uneven = {} if fits else {2: {"1.1": 20 * LEADING}}
        fills = (PageFill(LINES, 0), PageFill(LINES, 0))
        extent = RunExtent(1, 0.0, 2, LINES * LEADING)
        return LayoutMeasures(fills, {"1.1": extent}, {"a.md:3": 1 if fits else 2}, {}, uneven)

    whole = lay_out(UNFITTED, (), 0.0)
    found = Search(whole, Ruler(LEADING * 16 / 3, 0.0, LINES * LEADING), lay_out).found([(plan,)], UNFITTED)
    assert dict(found.fitting.later) == {place: -1}
    assert -3 <= found.fitting.heights[place] < 0
