"""Lengths of boxes that are known are not resolved again, and nothing of the pages differs for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.page.engine.loading import load_engine
from pipeline.page.engine.memory import lengths
from tests.page.engine.memory.pages import printed

if TYPE_CHECKING:
    import pytest

RULES: Final = """
    .share { margin: 2% 10%; padding: 1%; width: 50%; border: 1pt solid }
    .border { box-sizing: border-box; width: 40mm; padding: 5mm; border: 2mm solid; min-height: 20mm }
    .padding { box-sizing: padding-box; width: 30%; padding: 5mm; max-width: 30mm }
    .computed { width: calc(50% - 5mm); margin-left: calc(1em + 2pt) }
    .high { height: 30mm } .half { height: 50%; max-height: 90% }
    .columns { columns: 2 } table { border-collapse: collapse } td { border: 1pt solid; padding: 0 2% }
"""
KINDS: Final = ("share", "border", "padding", "computed", "high", "half", "columns")
BODY: Final = (
    "".join(
        f'<div class="{outer}"><p>дума <b>и</b> дума</p><div class="{inner}">дума</div></div>'
        for outer in ("share", "high")
        for inner in KINDS
    )
    + "<table><tr><td>дума</td><td>дума</td></tr></table>" * 2
)


def test_known_lengths_give_the_bytes_of_lengths_resolved_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    load_engine()
    with monkeypatch.context() as patch:
        patch.setattr(lengths.memory, "recall", lambda _, __: {})
        anew = printed(BODY, RULES)
    lengths.memory.clear()
    assert printed(BODY, RULES) == anew
    assert printed(BODY, RULES) == anew
    assert len(lengths.memory) > len(KINDS)


def test_computed_lengths_and_collapsed_borders_are_resolved_each_time() -> None:
    load_engine()
    lengths.memory.clear()
    printed('<p class="computed">дума</p><table><tr><td>дума</td></tr></table>', RULES)
    assert {} in lengths.memory._kept.values()
