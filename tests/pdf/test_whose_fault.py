"""Preflight tells its own fault from the file's: unusual sound files pass, a failing rule is told as ours.

Each kind stands for a sound file of the public corpus that was accused of being broken.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from pipeline.findings.codes.preflight import PREFLIGHT
from pipeline.models.editions import ARCHIVE, PRESS, SCREEN, Edition
from pipeline.pdf.preflight import preflight as module
from pipeline.pdf.preflight.families import JUDGED, not_judged
from pipeline.pdf.preflight.preflight import preflight
from tests.hostile.pdfs import disordered
from tests.support.broken_pdfs import CONDITION, sound
from tests.support.broken_pdfs.cases import draw, elements, font_name

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

    from pipeline.findings.finding import Finding


def with_changes(edition: Edition, change: Callable[[pikepdf.Pdf], None]) -> list[Finding]:
    with pikepdf.open(io.BytesIO(sound(edition))) as pdf:
        change(pdf)
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True)
    return preflight(target.getvalue(), edition, CONDITION if edition.in_ink else None)


def add_font(pdf: pikepdf.Pdf, name: str, **entries: Any) -> None:
    """Show two letters in a font of one byte, embedded, with the given entries."""
    first = pdf.pages[0].resources.Font[font_name(pdf)]
    descriptor = first.DescendantFonts[0].FontDescriptor
    font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Own, FontDescriptor=descriptor)
    font.FirstChar, font.LastChar, font.Widths = 97, 98, Array([500, 500])
    for key, value in entries.items():
        font[f"/{key}"] = value
    pdf.pages[0].add_resource(pdf.make_indirect(font), Name.Font, Name(name))
    draw(pdf, f"/Artifact BMC BT {name} 12 Tf 200 600 Td (ab) Tj ET EMC")


def has_an_encoding_of_its_own(pdf: pikepdf.Pdf) -> None:
    """The encoding is a table, an object of its own, and names every letter."""
    table = Dictionary(
        Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=Array([98, Name.beta])
    )
    add_font(pdf, "/Own", Encoding=pdf.make_indirect(table))


def has_letters_of_the_adobe_glyph_list(pdf: pikepdf.Pdf) -> None:
    table = Dictionary(Differences=Array([97, Name("/afii10065"), Name("/uni0411")]))
    add_font(pdf, "/Own", Encoding=pdf.make_indirect(table))


def has_a_map_of_codes_within_it(pdf: pikepdf.Pdf) -> None:
    """The encoding of a composite font is a stream; its letters are told by a table."""
    font = pdf.pages[0].resources.Font[font_name(pdf)]
    said = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange endcmap"
    font.Encoding = pdf.make_stream(said, Type=Name.CMap, CMapName=Name.Own)


def has_a_known_map_of_codes(pdf: pikepdf.Pdf) -> None:
    """A Japanese font by the numbers of a collection of Adobe, whose letters are known without a table."""
    font = pdf.pages[0].resources.Font[font_name(pdf)]
    del font["/ToUnicode"]
    font.Encoding = Name("/UniJIS-UCS2-H")
    font.DescendantFonts[0].CIDSystemInfo = Dictionary(
        Registry=String("Adobe"), Ordering=String("Japan1"), Supplement=2
    )


def has_a_pattern_with_colours_of_its_own(pdf: pikepdf.Pdf) -> None:
    """The pattern says itself which colours its inks are; the page has no such definition."""
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    inks = pdf.make_stream(profile.read_bytes(), N=4, Alternate=Name.DeviceCMYK)
    tile = pdf.make_stream(b"0 0 1 0 k 0 0 20 20 re f")
    for key, value in {
        "Type": Name.Pattern,
        "PatternType": 1,
        "PaintType": 1,
        "TilingType": 1,
        "BBox": Array([0, 0, 20, 20]),
        "XStep": 20,
        "YStep": 20,
        "Resources": Dictionary(ColorSpace=Dictionary(DefaultCMYK=Array([Name.ICCBased, inks]))),
    }.items():
        tile[f"/{key}"] = value
    pdf.pages[0].add_resource(tile, Name.Pattern, Name.Tiles)
    draw(pdf, "/Artifact BMC /Pattern cs /Tiles scn 200 550 60 60 re f EMC")


def names_the_language_of_each_part(pdf: pikepdf.Pdf) -> None:
    """The file as a whole is in no language; everything that is read aloud is."""
    language = pdf.Root.Lang
    del pdf.Root["/Lang"]
    kids: Any = pdf.Root.StructTreeRoot.K
    for element in kids if isinstance(kids, Array) else [kids]:
        element.Lang = language


def has_a_picture_that_is_read_as_nothing(pdf: pikepdf.Pdf) -> None:
    """An empty replacement text: the picture has words for it, and these are none."""
    figure = elements(pdf, "Figure")[0]
    del figure["/Alt"]
    figure.ActualText = String("")


SOUND = [
    has_an_encoding_of_its_own,
    has_letters_of_the_adobe_glyph_list,
    has_a_map_of_codes_within_it,
    has_a_known_map_of_codes,
    has_a_pattern_with_colours_of_its_own,
    names_the_language_of_each_part,
    has_a_picture_that_is_read_as_nothing,
]


@pytest.mark.parametrize("change", SOUND, ids=lambda change: change.__name__)
def test_a_sound_file_of_an_unusual_kind_has_no_errors(change: Callable[[pikepdf.Pdf], None]) -> None:
    assert [finding for finding in with_changes(SCREEN, change) if finding.code.startswith("E")] == []


def test_a_font_with_a_table_for_its_encoding_hides_no_colour_of_light() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        has_an_encoding_of_its_own(pdf)
        draw(pdf, "0.2 0.4 0.6 rg 100 500 50 50 re f")

    assert {finding.code for finding in with_changes(PRESS, change)} >= {"E120"}
    assert "E117" not in {finding.code for finding in with_changes(PRESS, change)}


def test_a_font_whose_letters_have_made_up_names_is_still_found() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        table = Dictionary(Differences=Array([97, Name.g12, Name.g13]))
        add_font(pdf, "/Own", Encoding=pdf.make_indirect(table))

    assert [finding.code for finding in with_changes(SCREEN, change)] == ["E132"]


@pytest.mark.parametrize(
    "rule", ["standard_findings", "edge_findings", "colour_findings", "box_findings", "ink_findings"]
)
def test_a_rule_that_fails_is_our_fault_and_hides_nothing(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> Iterator[Finding]:
        yield from ()
        message = "a mistake of ours"
        raise TypeError(message)

    monkeypatch.setattr(module, rule, failing)
    with pikepdf.open(io.BytesIO(sound(PRESS))) as pdf:
        draw(pdf, "0 0 0 1 k .1 w 100 500 m 300 500 l S")
        target = io.BytesIO()
        pdf.save(target)
    findings = preflight(target.getvalue(), PRESS, CONDITION)
    ours = [finding for finding in findings if finding.code == "E127"]
    assert ours
    assert dict(ours[0].values)["problem"] == "TypeError: a mistake of ours"
    assert {finding.code for finding in findings} == {"E127", "E126"}


def test_an_entry_of_the_wrong_type_is_the_fault_of_the_file() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OutputIntents = Array([7])

    found = {finding.code: dict(finding.values) for finding in with_changes(PRESS, change)}
    assert "E127" not in found
    assert "OutputIntents" in found["E117"]["problem"]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(chance=st.randoms(use_true_random=False), edition=st.sampled_from([SCREEN, PRESS, ARCHIVE]))
def test_no_disordered_file_is_taken_for_a_fault_of_ours(chance: random.Random, edition: Edition) -> None:
    codes = {finding.code for finding in preflight(disordered(chance, edition), edition)}
    assert "E127" not in codes


def test_every_code_belongs_to_a_family_and_what_is_not_judged_is_named() -> None:
    codes = [code for family in JUDGED.values() for code in family.split()]
    assert len(codes) == len(set(codes))
    assert set(codes) == PREFLIGHT.keys()
    for edition in (SCREEN, PRESS, ARCHIVE):
        assert "layers" in not_judged(edition)
    assert "trapping" in not_judged(PRESS)
    assert "trapping" not in not_judged(SCREEN)
