"""A trial lays out only what it can reach, and measures what a layout from the start would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from pipeline.desk.preview.changes import CoverChange, OrderChange, WeightChange, WidthChange
from pipeline.desk.preview.current_issue import CurrentIssue
from pipeline.desk.preview.decisions import Decisions, decided_for
from pipeline.desk.preview.issue_pages import IssuePages
from pipeline.desk.preview.trials import Measured, changed_issue
from pipeline.files.workspace import Workspace
from pipeline.page.cover_plan import WHOLE_COVER
from pipeline.page.engine.preview import resident_layout
from pipeline.page.engine.preview.across import paginate_across
from pipeline.page.makeup.fitting import UNFITTED
from tests.specimens.bulletins import BULLETINS, laid_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.desk.preview.changes import PlanChange
    from pipeline.desk.production.prepared_issue import PreparedIssue
    from pipeline.page.engine.preview.pagination import Paginated

SCHOOL: Final = BULLETINS["school"]
CHANGES: Final[dict[str, PlanChange]] = {
    "a weight among others": WeightChange("librarian.md", "short"),
    "a weight that makes pages fewer": WeightChange("teachers.md", "standard"),
    "a weight that parts a row": WeightChange("chess.md", "feature"),
    "the lead": WeightChange("yard.md", "standard"),
    "an order": OrderChange("radio.md", 2, 0),
    "another section": OrderChange("chess.md", 1, 1),
    "the cover": CoverChange("librarian.md"),
    "no cover": CoverChange(""),
    "a width": WidthChange("chess.md", "images/chess.jpg", "third"),
}


class Present(NamedTuple):
    """The issue as it is, laid out and measured."""

    issue: CurrentIssue
    prepared: PreparedIssue
    decisions: Decisions
    pages: IssuePages
    measured: Measured


@pytest.fixture(scope="module")
def present(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Present]:
    root = tmp_path_factory.mktemp("tried")
    laid_out(SCHOOL, None, root)
    issue = CurrentIssue(Workspace(root), SCHOOL.date)
    prepared = issue.prepared(issue.valid())
    decisions = decided_for(prepared.typeset, WHOLE_COVER, UNFITTED)
    pages = IssuePages(issue, "screen")
    yield Present(issue, prepared, decisions, pages, pages.measured(prepared, decisions))
    pages.close()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the numbers of pages that trials laid out, of those that began with the present layout."""
    counts: list[int] = []

    def counted(*given: object) -> Paginated:
        result = paginate_across(*given)  # type: ignore[arg-type]
        counts.append(len(result.made))
        return result

    monkeypatch.setattr(resident_layout, "paginate_across", counted)
    return counts


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_tried_measures_as_from_the_start_and_the_present_pages_stay(
    present: Present, change: PlanChange, made: list[int]
) -> None:
    changed = present.prepared._replace(typeset=changed_issue(present.prepared.typeset, [change]), decided={})
    tried = present.pages.tried(changed, present.decisions)
    fresh = IssuePages(present.issue, "screen")
    try:
        assert tried == fresh.measured(changed._replace(decided={}), present.decisions)
    finally:
        fresh.close()
    assert present.pages.measured(present.prepared, present.decisions) == present.measured
    assert all(count < len(present.measured.empty) for count in made)


def test_a_change_in_the_middle_leaves_pages_before_and_behind_it_as_they_are(
    present: Present, made: list[int]
) -> None:
    change = WeightChange("librarian.md", "short")
    changed = present.prepared._replace(typeset=changed_issue(present.prepared.typeset, [change]), decided={})
    present.pages.tried(changed, present.decisions)
    assert made == [2]


def test_a_trial_is_broken_off_after_a_page_and_the_present_pages_stay(
    present: Present, made: list[int]
) -> None:
    class BrokenOffError(Exception):
        pass

    change = WeightChange("librarian.md", "short")
    changed = present.prepared._replace(typeset=changed_issue(present.prepared.typeset, [change]))
    calls: list[int] = []
    expected = present.pages.tried(changed, present.decisions, lambda: calls.append(1))
    # It is asked before the styles, before and behind the boxes, and after each page.
    assert len(calls) == 3 + made[-1]

    left = iter(range(4))

    def go_on() -> None:
        if next(left, None) is None:
            raise BrokenOffError

    with pytest.raises(BrokenOffError):
        present.pages.tried(changed, present.decisions, go_on)
    assert present.pages.tried(changed, present.decisions) == expected
    assert present.pages.measured(present.prepared, present.decisions) == present.measured
