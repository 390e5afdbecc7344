"""Preflight names each fault and no other, passes what is sound, and never fails itself."""

from __future__ import annotations

import io
import os
import random
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.editions import ARCHIVE, EDITIONS, PRESS, SCREEN, Edition
from pipeline.findings import Severity
from pipeline.preflight import preflight
from pipeline.preflight_codes import PREFLIGHT
from pipeline.wording import in_words
from tests.broken_pdfs import CASES, CONDITION, WHOLE, Broken, broken, sound

CORPUS = os.environ.get("VERAPDF_CORPUS")


def codes(data: bytes, edition: Edition) -> list[str]:
    return [finding.code for finding in preflight(data, edition, CONDITION if edition.in_ink else None)]


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_a_sound_file_has_nothing_to_be_found(edition: Edition) -> None:
    assert preflight(sound(edition), edition, CONDITION if edition.in_ink else None) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.spoil.__name__}")
def test_a_broken_file_gives_exactly_its_code(case: Broken) -> None:
    assert codes(broken(case), case.edition) == [case.code]


@pytest.mark.parametrize("code", WHOLE)
def test_a_file_broken_as_a_whole_gives_exactly_its_code(code: str) -> None:
    assert codes(WHOLE[code](sound(SCREEN)), SCREEN) == [code]


def test_a_file_for_another_paper_is_told_of() -> None:
    with pikepdf.open(io.BytesIO(sound(PRESS))) as pdf:
        profile = bytearray(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes())
    at = profile.find(b"ISO Coated v2 300%")
    profile[at : at + 18] = b"ISO Uncoated Yello"
    findings = preflight(sound(PRESS), PRESS, CONDITION._replace(profile=bytes(profile)))
    assert [finding.code for finding in findings] == ["W106"]


def test_every_code_has_a_file_that_gives_it() -> None:
    assert {case.code for case in CASES} | WHOLE.keys() | {"W106"} == PREFLIGHT.keys()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.spoil.__name__}")
def test_a_fault_on_a_page_says_where_and_how_to_mend_it(case: Broken) -> None:
    (finding,) = preflight(broken(case), case.edition, CONDITION if case.edition.in_ink else None)
    for language in ("bg", "en"):
        told = in_words(finding, language)
        assert finding.code in told
        assert len(told.splitlines()) == 2
    if finding.spot is not None:
        assert finding.page
        assert finding.spot.left <= finding.spot.right
        assert finding.spot.top <= finding.spot.bottom


def test_the_place_is_in_millimetres_from_the_corner_of_the_trim() -> None:
    case = next(case for case in CASES if case.spoil.__name__ == "paints_in_light")
    (finding,) = preflight(broken(case), PRESS, CONDITION)
    # 100 500 50 50 re, on a sheet whose trim begins 10 mm in and ends 307 mm up.
    assert finding.spot is not None
    expected = (100 * 25.4 / 72 - 10, 307 - 550 * 25.4 / 72, 150 * 25.4 / 72 - 10, 307 - 500 * 25.4 / 72)
    assert finding.spot == pytest.approx(expected, abs=0.1)


def test_a_fault_found_often_is_told_once_a_page_with_its_number() -> None:
    with pikepdf.open(io.BytesIO(sound(PRESS))) as pdf:
        lines = "".join(f"100 {200 + step / 10} m 200 {200 + step / 10} l S " for step in range(3000))
        pdf.pages[0].contents_add(f"q /StrokeOver gs 0 0 0 1 K 0.1 w {lines} Q".encode())
        target = io.BytesIO()
        pdf.save(target)
    (finding,) = preflight(target.getvalue(), PRESS, CONDITION)
    assert (finding.code, dict(finding.values)["count"]) == ("E126", "3000")


def test_the_limit_of_ink_is_the_papers() -> None:
    with pikepdf.open(io.BytesIO(sound(PRESS))) as pdf:
        pdf.pages[0].contents_add(b"q 0.9 0.8 0.8 0.47 k 100 500 50 50 re f Q")
        target = io.BytesIO()
        pdf.save(target)
    assert preflight(target.getvalue(), PRESS, CONDITION) == []
    (finding,) = preflight(target.getvalue(), PRESS, CONDITION._replace(ink_limit=293))
    assert (finding.code, dict(finding.values)["ink"]) == ("E123", "297")


@pytest.mark.parametrize("edition", [SCREEN, PRESS, ARCHIVE], ids=lambda edition: edition.name)
def test_a_file_is_never_touched(edition: Edition) -> None:
    data = sound(edition)
    before = bytes(data)
    preflight(data, edition)
    assert data == before


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), edition=st.sampled_from([SCREEN, PRESS]))
def test_a_damaged_file_is_a_finding_and_no_fault_of_ours(seed: int, edition: Edition) -> None:
    chance = random.Random(seed)
    data = bytearray(sound(edition))
    for _ in range(chance.choice([1, 3, 30, 300])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.2:
        del data[chance.randrange(len(data)) :]
    for finding in preflight(bytes(data), edition):
        assert finding.code in PREFLIGHT


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=st.text(alphabet="qQfFBbSsWnTJDojklmcvyre0123456789.-/()[]<> \nMeGs", max_size=200))
def test_content_of_any_kind_is_judged(content: str) -> None:
    with pikepdf.open(io.BytesIO(sound(PRESS))) as pdf:
        pdf.pages[0].contents_add(content.encode())
        target = io.BytesIO()
        pdf.save(target)
    for finding in preflight(target.getvalue(), PRESS):
        assert finding.code in PREFLIGHT


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"\0" * 1000, b"<html></html>"])
def test_what_is_no_pdf_is_said_to_be_none(data: bytes) -> None:
    assert codes(data, SCREEN) == ["E100"]


def test_errors_and_warnings_are_told_apart_by_their_codes() -> None:
    findings = [finding for case in CASES[:20] for finding in preflight(broken(case), case.edition)]
    assert all((finding.severity is Severity.ERROR) == finding.code.startswith("E") for finding in findings)


@pytest.mark.skipif(CORPUS is None, reason="VERAPDF_CORPUS names no folder with veraPDF's corpus")
def test_what_the_public_corpus_passes_passes_here_too() -> None:
    assert CORPUS is not None
    standards = {"2a": SCREEN, "3a": ARCHIVE}
    rules = {"E100", "E101", "E103", "E108", "E150", "E153", "E116"}
    judged = 0
    for path in sorted(Path(CORPUS).rglob("*pass*.pdf")):
        for flavour, edition in standards.items():
            if f"{flavour}" in str(path.parent).lower().replace("-", ""):
                found = {finding.code for finding in preflight(path.read_bytes(), edition)} & rules
                assert not found, path
                judged += 1
    assert judged
