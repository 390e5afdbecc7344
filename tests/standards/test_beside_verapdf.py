"""Our verdict on tags beside that of veraPDF's engine, on files that Hypothesis disorders.

Each file is disordered in what preflight judges (`preflight.families`). Where we find an error veraPDF must
find one, and where veraPDF finds one, so must we.
"""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, Any, Final

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from pipeline.models.editions import SCREEN
from pipeline.pdf.preflight.preflight import preflight
from tests.standards.verapdf import all_judged, java_is_there
from tests.support.broken_pdfs import sound
from tests.support.broken_pdfs.cases import elements

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    not java_is_there() and not os.environ.get("CI"), reason="the judge needs Java"
)


def _role(found: str, wanted: str, at: int = 0) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        for element in elements(pdf, found)[at : at + 1]:
            element.S = Name(f"/{wanted}")

    change.__name__ = f"{found}[{at}] as {wanted}"
    return change


def _without(role: str, entry: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        for element in elements(pdf, role):
            if entry in element:
                del element[entry]

    change.__name__ = f"{role} without {entry}"
    return change


def _language(tag: str, role: str = "") -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        for holder in elements(pdf, role)[:1] if role else [pdf.Root]:
            holder.Lang = String(tag)

    change.__name__ = f"language {tag!r} of {role or 'the file'}"
    return change


def _mapped(**roles: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.StructTreeRoot.RoleMap = Dictionary({f"/{a}": Name(f"/{b}") for a, b in roles.items()})

    change.__name__ = f"mapped {roles}"
    return change


def _noted(*identifiers: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        for identifier, element in zip(identifiers, elements(pdf, "TD"), strict=False):
            note = pdf.make_indirect(Dictionary(S=Name.Note, P=element, K=element.get("/K", Array([]))))
            if identifier:
                note.ID = String(identifier)
            element.K = note

    change.__name__ = f"notes {identifiers}"
    return change


def _added(role: str, into: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        for holder in elements(pdf, into)[:1]:
            kids: Any = holder.get("/K", Array([]))
            new = pdf.make_indirect(Dictionary(S=Name(f"/{role}"), P=holder, K=Array([])))
            holder.K = Array([*(kids if isinstance(kids, Array) else [kids]), new])

    change.__name__ = f"{role} within {into}"
    return change


def _short_row(pdf: pikepdf.Pdf) -> None:
    row = elements(pdf, "TR")[-1]
    row.K = Array(list(row.K)[:1])


def _no_title_shown(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def _no_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def _nothing(pdf: pikepdf.Pdf) -> None:
    del pdf


DISORDERS: Final = [
    _nothing,
    _no_title_shown,
    _no_tags,
    _short_row,
    *(_role("H2", wanted) for wanted in ("H3", "H4", "P", "Sect")),
    *(
        _role("P", wanted)
        for wanted in ("Note", "Story", "TR", "LI", "LBody", "TOCI", "TD", "BlockQuote", "Lbl")
    ),
    *(_role("TR", wanted, 1) for wanted in ("P", "TH", "Div")),
    *(_role("TD", wanted) for wanted in ("TH", "P", "TR", "LBody")),
    *(_role("Table", wanted) for wanted in ("L", "TOC", "Sect")),
    *(_role("THead", wanted) for wanted in ("TBody", "TFoot", "TR")),
    _without("Figure", "/Alt"),
    _without("TH", "/A"),
    *(_language(tag) for tag in ("bg_BG", "", "en-GB", "bulgarian language", "x-own", "b")),
    *(_language(tag, "P") for tag in ("bg_BG", "en", "sr-Latn-RS", "1", "zh-")),
    _mapped(Story="P"),
    _mapped(Story="Tale", Tale="Story"),
    _mapped(P="Div"),
    _mapped(Story="Tale"),
    _noted("a", "b"),
    _noted("a", "a"),
    _noted(""),
    *(_added(role, "Table") for role in ("P", "Caption", "TR", "THead", "TFoot")),
    *(_added(role, "TR") for role in ("TD", "P")),
]
"""Changes of a sound file; each is right by the standard or wrong in what is judged."""

OURS: Final = frozenset(
    {"E102", "E104", "E142", "E145", "E146", *(f"E{number}" for number in range(150, 160))}
)
"""What we find errors of PDF/UA-1 by; of the others some are of PDF/A or of the house."""


def disordered(changes: list[Callable[[pikepdf.Pdf], None]]) -> bytes:
    with pikepdf.open(io.BytesIO(sound(SCREEN))) as pdf:
        for change in changes:
            change(pdf)
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def verdicts(batch: list[list[Callable[[pikepdf.Pdf], None]]], folder: Path) -> list[str]:
    """Return where the two verdicts on a file differ."""
    files = []
    for number, changes in enumerate(batch):
        path = folder / f"{number}.pdf"
        path.write_bytes(disordered(changes))
        files.append(path)
    theirs = all_judged(files, "ua1")
    differences = []
    for path, changes in zip(files, batch, strict=True):
        ours = sorted({finding.code for finding in preflight(path.read_bytes(), SCREEN)} & OURS)
        if bool(ours) == theirs[path].passed:
            names = [change.__name__ for change in changes]
            differences.append(f"{names}: ours {ours}, theirs {theirs[path].failed_rules}")
    return differences


def test_each_disorder_by_itself_has_the_same_verdict(tmp_path: Path) -> None:
    assert verdicts([[change] for change in DISORDERS], tmp_path) == []


@settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
@given(batch=st.lists(st.lists(st.sampled_from(DISORDERS), min_size=2, max_size=4), min_size=6, max_size=8))
def test_disorders_together_have_the_same_verdict(
    batch: list[list[Callable[[pikepdf.Pdf], None]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert verdicts(batch, tmp_path_factory.mktemp("disordered")) == []
