"""Preflight finds each fault and no other, passes correct files, and never raises an exception."""

from __future__ import annotations

import io
import os
import random
import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.findings.codes.preflight import PREFLIGHT
from pipeline.findings.finding import Severity
from pipeline.findings.wording.wording import in_words
from pipeline.models.editions import ARCHIVE, EDITIONS, PRESS, SCREEN, Edition
from pipeline.pdf.content.painting import page_context
from pipeline.pdf.content.stream_limits import MOST_CONTENT
from pipeline.pdf.preflight import limits
from pipeline.pdf.preflight.preflight import preflight
from tests.support.broken_pdfs import CASES, CONDITION, WHOLE, Broken, broken, sound

if TYPE_CHECKING:
    from collections.abc import Callable

CORPUS = os.environ.get("VERAPDF_CORPUS")


def codes(data: bytes, edition: Edition) -> list[str]:
    return [finding.code for finding in preflight(data, edition, CONDITION if edition.in_ink else None)]


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_a_correct_file_has_no_findings(edition: Edition) -> None:
    assert preflight(sound(edition), edition, CONDITION if edition.in_ink else None) == []


@pytest.mark.parametrize("code", WHOLE)
def test_a_file_broken_as_a_whole_gives_exactly_its_code(code: str) -> None:
    assert codes(WHOLE[code](sound(SCREEN)), SCREEN) == [code]


def test_a_file_for_another_printing_condition_is_reported() -> None:
    with pikepdf.open(io.BytesIO(sound(PRESS))) as pdf:
        profile = bytearray(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes())
    at = profile.find(b"ISO Coated v2 300%")
    profile[at : at + 18] = b"ISO Uncoated Yello"
    findings = preflight(sound(PRESS), PRESS, CONDITION._replace(profile=bytes(profile)))
    assert [finding.code for finding in findings] == ["W106"]


def test_every_code_has_a_file_that_gives_it() -> None:
    assert {case.code for case in CASES} | WHOLE.keys() | {"W106", "E127"} == PREFLIGHT.keys()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.spoil.__name__}")
def test_a_broken_file_gives_exactly_its_code_with_place_and_remedy(case: Broken) -> None:
    (finding,) = preflight(broken(case), case.edition, CONDITION if case.edition.in_ink else None)
    assert finding.code == case.code
    assert (finding.severity is Severity.ERROR) == finding.code.startswith("E")
    for language in ("bg", "en"):
        message = in_words(finding, language)
        assert finding.code in message
        assert len(message.splitlines()) == 2
    if finding.spot is not None:
        assert finding.page
        assert finding.spot.left <= finding.spot.right
        assert finding.spot.top <= finding.spot.bottom


def test_the_place_is_in_millimetres_from_the_corner_of_the_trim() -> None:
    case = next(case for case in CASES if case.spoil.__name__ == "paints_in_rgb")
    (finding,) = preflight(broken(case), PRESS, CONDITION)
    # 100 500 50 50 re, on a sheet whose trim begins 10 mm in and ends 307 mm up.
    assert finding.spot is not None
    expected = (100 * 25.4 / 72 - 10, 307 - 550 * 25.4 / 72, 150 * 25.4 / 72 - 10, 307 - 500 * 25.4 / 72)
    assert finding.spot == pytest.approx(expected, abs=0.1)


def test_a_repeated_fault_is_reported_once_a_page_with_its_count() -> None:
    with pikepdf.open(io.BytesIO(sound(PRESS))) as pdf:
        lines = "".join(f"100 {200 + step / 10} m 200 {200 + step / 10} l S " for step in range(3000))
        pdf.pages[0].contents_add(f"q /StrokeOver gs 0 0 0 1 K 0.1 w {lines} Q".encode())
        target = io.BytesIO()
        pdf.save(target)
    (finding,) = preflight(target.getvalue(), PRESS, CONDITION)
    assert (finding.code, dict(finding.values)["count"]) == ("E126", "3000")


def test_the_ink_limit_is_that_of_the_printing_condition() -> None:
    with pikepdf.open(io.BytesIO(sound(PRESS))) as pdf:
        pdf.pages[0].contents_add(b"q 0.9 0.8 0.8 0.47 k 100 500 50 50 re f Q")
        target = io.BytesIO()
        pdf.save(target)
    assert preflight(target.getvalue(), PRESS, CONDITION) == []
    (finding,) = preflight(target.getvalue(), PRESS, CONDITION._replace(ink_limit=293))
    assert (finding.code, dict(finding.values)["ink"]) == ("E123", "297")


@pytest.mark.parametrize("edition", [SCREEN, PRESS, ARCHIVE], ids=lambda edition: edition.name)
def test_preflight_never_changes_a_file(edition: Edition) -> None:
    data = sound(edition)
    before = bytes(data)
    preflight(data, edition)
    assert data == before


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), edition=st.sampled_from([SCREEN, PRESS]))
def test_a_damaged_file_gives_findings_and_no_exception(seed: int, edition: Edition) -> None:
    chance = random.Random(seed)
    data = bytearray(sound(edition))
    for _ in range(chance.choice([1, 3, 30, 300])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.2:
        del data[chance.randrange(len(data)) :]
    for finding in preflight(bytes(data), edition):
        assert finding.code in PREFLIGHT


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=st.text(alphabet="qQfFBbSsWnTJDojklmcvyre0123456789.-/()[]<> \nMeGs", max_size=200))
def test_any_content_is_checked(content: str) -> None:
    with pikepdf.open(io.BytesIO(sound(PRESS))) as pdf:
        pdf.pages[0].contents_add(content.encode())
        target = io.BytesIO()
        pdf.save(target)
    for finding in preflight(target.getvalue(), PRESS):
        assert finding.code in PREFLIGHT


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"\0" * 1000, b"<html></html>"])
def test_a_file_that_is_no_pdf_is_reported_as_such(data: bytes) -> None:
    assert codes(data, SCREEN) == ["E100"]


def _disordered(edition: Edition, seed: int) -> bytes:
    """Return a correct file in which some entries are missing, of the wrong type, or circular."""
    chance = random.Random(seed)
    with pikepdf.open(io.BytesIO(sound(edition))) as pdf:
        objects = [thing for thing in pdf.objects if isinstance(thing, (pikepdf.Dictionary, pikepdf.Array))]
        for _ in range(chance.choice([1, 3, 10])):
            thing: Any = chance.choice(objects)
            keys: list[Any] = list(range(len(thing)) if isinstance(thing, pikepdf.Array) else thing.keys())
            wrong = [7, -1, 10**12, 0.5, True, pikepdf.Name.X, pikepdf.String("s"), pikepdf.Array([])]
            if keys:
                thing[chance.choice(keys)] = chance.choice([*wrong, *chance.choices(objects, k=len(wrong))])
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), edition=st.sampled_from([SCREEN, PRESS, ARCHIVE]))
def test_a_file_with_wrong_objects_gives_findings_and_no_exception(seed: int, edition: Edition) -> None:
    try:
        data = _disordered(edition, seed)
    except pikepdf.PikepdfError:
        return  # so much so that it cannot even be written
    for finding in preflight(data, edition):
        assert finding.code in PREFLIGHT


def _with(edition: Edition, spoil: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(sound(edition))) as pdf:
        spoil(pdf)
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def _packed(pdf: pikepdf.Pdf, megabytes: int, **entries: Any) -> pikepdf.Object:
    """Return a stream that unpacks to much more than its size."""
    packing = zlib.compressobj(9)
    raw = b"".join(packing.compress(b" " * 1_000_000) for _ in range(megabytes)) + packing.flush()
    objects = pdf.make_stream(b"", **entries)
    objects.write(raw, filter=pikepdf.Name.FlateDecode)
    return pdf.make_indirect(objects)


@pytest.mark.parametrize("edition", [SCREEN, PRESS], ids=lambda edition: edition.name)
def test_content_that_unpacks_without_end_is_a_finding(edition: Edition) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = _packed(pdf, MOST_CONTENT // 1_000_000 + 1)

    assert codes(_with(edition, spoil), edition) == ["E116"]


def test_forms_that_multiply_are_a_finding_and_never_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    # The limit is reached in the same way, only sooner.
    monkeypatch.setattr(page_context, "MOST_INSTRUCTIONS", 50_000)

    def spoil(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(b"0 0 1 1 re f", Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
        for _ in range(12):
            resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=form))
            form = pdf.make_stream(
                b"/A Do " * 1000, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9], Resources=resources
            )
        pdf.pages[0].add_resource(form, pikepdf.Name.XObject, pikepdf.Name.Many)
        pdf.pages[0].contents_add(b"/Many Do")

    assert codes(_with(PRESS, spoil), PRESS) == ["E116"]


def test_a_picture_that_unpacks_without_end_is_never_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_PICTURE", 5_000_000)

    def spoil(pdf: pikepdf.Pdf) -> None:
        picture = _packed(
            pdf,
            6,
            Subtype=pikepdf.Name.Image,
            Width=2_000,
            Height=3_000,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
        )
        pdf.pages[0].add_resource(picture, pikepdf.Name.XObject, pikepdf.Name.Large)
        pdf.pages[0].contents_add(b"q 90 0 0 90 200 300 cm /Large Do Q")

    assert codes(_with(PRESS, spoil), PRESS) == ["E128"]


def test_a_sheet_without_end_is_a_finding() -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        for name in ("/MediaBox", "/TrimBox", "/BleedBox"):
            pdf.pages[0].obj[name] = pikepdf.Array([0, 0, 10**7, 10**7])

    assert set(codes(_with(PRESS, spoil), PRESS)) == {"E111", "E112"}


def test_an_attached_pdf_that_claims_pdf_a_is_allowed() -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        inner = sound(SCREEN)
        pdf.attachments["a.pdf"] = pikepdf.AttachedFileSpec(pdf, inner, filename="a.pdf")

    assert codes(_with(SCREEN, spoil), SCREEN) == []


def test_a_title_in_several_languages_is_one_title() -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        said = pdf.Root.Metadata.read_bytes()
        item = re.search(rb"<rdf:li[^>]*>(?=\s*\S[^<]*</rdf:li>\s*</rdf:Alt>\s*</dc:title>)", said)
        assert item is not None
        english = b'<rdf:li xml:lang="en">Trial</rdf:li>'
        pdf.Root.Metadata.write(said[: item.start()] + english + said[item.start() :])

    assert codes(_with(SCREEN, spoil), SCREEN) == []


def test_a_failing_rule_does_not_hide_findings_of_others() -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OutputIntents = pikepdf.Array([7])
        pdf.pages[0].contents_add(b"q 0.2 0.4 0.6 rg 100 500 50 50 re f Q")

    assert codes(_with(PRESS, spoil), PRESS) == ["E117", "E120"]


FILE_RULES = frozenset(["E100", "E101", "E103", "E108", "E116", "E117", "E118", "E119", "E130"])
ALOUD_RULES = frozenset(["E150", "E132", "E134"])
FLAVOURS: Final = {
    "2b": (SCREEN, FILE_RULES),
    "2u": (SCREEN, FILE_RULES | {"E132", "E134"}),
    "2a": (SCREEN, FILE_RULES | ALOUD_RULES | {"E102"}),
    "3b": (ARCHIVE, FILE_RULES | {"E161"}),
    "3a": (ARCHIVE, FILE_RULES | ALOUD_RULES | {"E102", "E161"}),
    "ua1": (SCREEN, frozenset(["E100", "E101", "E116", "E117", "E130", "E150", "E153", "E156", "E152"])),
    "x4": (PRESS, FILE_RULES - {"E119"} | {"E102", "E105", "E106", "E107", "E140", "E113"}),
}
"""Of each standard the edition it is nearest to, and the rules that are its own and not the house's."""


def flavour_of(path: Path) -> str | None:
    """Return the standard that a file of the corpus is meant for, by its folder."""
    folders = " ".join(re.sub(r"[^a-z0-9]+", "", part.lower()) for part in path.parts[:-1])
    found = re.search(r"pdf(?:a([23][abu])|(ua)1|x(4))(?![0-9])", folders)
    if found is None:
        return None
    return found[1] or ("ua1" if found[2] else "x4")


def refused(folder: Path) -> tuple[int, list[str]]:
    """Check every file of a corpus that should pass; return how many there are, and the findings."""
    judged, faults = 0, []
    for path in sorted(folder.rglob("*pass*.pdf")):
        flavour = flavour_of(path.relative_to(folder.parent))
        if flavour not in FLAVOURS:
            continue
        edition, rules = FLAVOURS[flavour]
        judged += 1
        found = [item for item in preflight(path.read_bytes(), edition) if item.code in rules]
        foreign = ("PDF/UA-1",) if flavour in {"2a", "3a"} else ("PDF/A-2a",)
        faults += [
            f"{path.name}: {in_words(item, 'en')}"
            for item in found
            if dict(item.values).get("standard") not in foreign
        ]
    return judged, faults


def test_a_corpus_is_checked_against_the_standard_of_its_folders(tmp_path: Path) -> None:
    files = {
        "PDF_A-2a/6.1/t01-pass-a.pdf": SCREEN,
        "PDF_A-3a/t02-pass-b.pdf": ARCHIVE,
        "X/t-pass.pdf": SCREEN,
    }
    files |= {"PDF_UA-1/7.1/t03-pass-a.pdf": SCREEN, "PDF_X-4/t04-pass-a.pdf": PRESS}
    for name, edition in files.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes(sound(edition))
    assert refused(tmp_path) == (4, [])
    (tmp_path / "PDF_A-2a/6.1/t01-pass-a.pdf").write_bytes(b"\n" + sound(SCREEN))
    judged, faults = refused(tmp_path)
    assert judged == 4
    assert [fault.split(":")[0] for fault in faults] == ["t01-pass-a.pdf"]


@pytest.mark.skipif(CORPUS is None, reason="VERAPDF_CORPUS names no folder with veraPDF's corpus")
def test_files_that_pass_in_the_public_corpus_pass_here() -> None:
    assert CORPUS is not None
    judged, faults = refused(Path(CORPUS))
    assert judged
    assert faults == []
