"""A file follows the standard it claims, does nothing by itself, and each of its pages is judged once."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from pipeline.models.editions import ARCHIVE, PRESS, SCREEN
from pipeline.pdf.content.painting.page_content import painted
from pipeline.pdf.preflight import preflight as module
from pipeline.pdf.preflight.checked_pdf import CheckedPdf
from pipeline.pdf.preflight.preflight import findings_of
from pipeline.pdf.preflight.standards import activity_findings, bands_of_intent, standard_findings
from tests.pdf.preflight.made import checked, codes, new_pdf, values
from tests.pdf.preflight.test_file_rules import said
from tests.support.broken_pdfs import CONDITION

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.models.editions import Edition

PROFILE = CONDITION.profile
HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
END = b"\n%%EOF\n"


def claims(edition: Edition, *, title: str = "One") -> bytes:
    """Return the metadata of a sound file."""
    inner = f"<dc:title>{title}</dc:title>" if title else ""
    if edition.in_ink:
        return said(f"{inner}<x:GTS_PDFXVersion>PDF/X-4</x:GTS_PDFXVersion><p:Trapped>False</p:Trapped>")
    level = edition.standard[-2:]
    inner += f"<a:part>{level[0]}</a:part><a:conformance>{level[1].upper()}</a:conformance>"
    return said(f"{inner}<u:part>1</u:part>")


def standing(edition: Edition, **changes: Any) -> list[tuple[str, dict[str, str]]]:
    """Return what is told of the standards of a file that is sound but for some changes."""
    pdf = new_pdf()
    pdf.Root.Metadata = pdf.make_stream(changes.get("metadata", claims(edition)))
    pdf.docinfo.Title = String(changes.get("title", "One"))
    pdf.docinfo.Trapped = changes.get("trapped", Name("/False"))
    if changes.get("identified", True):
        pdf.trailer.ID = Array([String("a"), String("b")])
    intents = changes.get("intents", ["GTS_PDFX"])
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(S=Name(f"/{kind}"), DestOutputProfile=pdf.make_stream(changes.get("profile", PROFILE)))
            for kind in intents
        ]
    )
    data = changes.get("header", HEADER) + changes.get("end", END)
    condition = CONDITION if edition.in_ink else None
    found = standard_findings(CheckedPdf(pdf, data, edition, condition))
    return [(each.code, dict(each.values)) for each in found]


@pytest.mark.parametrize("edition", [SCREEN, ARCHIVE, PRESS], ids=lambda edition: edition.name)
def test_a_sound_file_stands_by_its_standard(edition: Edition) -> None:
    assert standing(edition) == []
    standard = {"screen": "PDF/A-2a", "archive": "PDF/A-3a", "press": "PDF/X-4"}[edition.name]
    assert standing(edition, metadata=b"") == [("E103", {})]
    assert standing(edition, header=b"%PDF-2.0\n") == [("E118", {"standard": standard})]
    assert standing(edition, identified=False) == [("E108", {})]
    assert standing(edition, metadata=claims(edition, title="")) == [("E104", {})]
    assert standing(edition, title="") == standing(edition, title=" One ") == []
    assert standing(edition, title="Two") == [("W103", {"title": "One", "info": "Two"})]
    long = claims(edition, title="a" * 90)
    assert standing(edition, metadata=long, title="b" * 90) == [
        ("W103", {"title": "a" * 80, "info": "b" * 80})
    ]
    other = claims(PRESS if edition is not PRESS else SCREEN)
    told = [("E102", {"standard": standard})]
    assert [each for each in standing(edition, metadata=other) if each[0] == "E102"][:1] == told


def test_the_part_and_the_level_of_a_standard_are_claimed() -> None:
    assert standing(SCREEN, metadata=claims(ARCHIVE)) == [("E102", {"standard": "PDF/A-2a"})]
    basic = claims(SCREEN).replace(b"conformance>A", b"conformance>B")
    assert standing(SCREEN, metadata=basic) == [("E102", {"standard": "PDF/A-2a"})]
    deaf = claims(SCREEN).replace(b"<u:part>1", b"<u:part>2")
    assert standing(SCREEN, metadata=deaf) == [("E102", {"standard": "PDF/UA-1"})]
    assert standing(SCREEN._replace(accessible=False), metadata=deaf) == []
    later = claims(PRESS).replace(b"PDF/X-4<", b"PDF/X-6<")
    assert standing(PRESS, metadata=later) == [("E102", {"standard": "PDF/X-4"})]


@pytest.mark.parametrize(
    ("header", "end", "is_wrong"),
    [
        (b"%PDF-1.4\r\n%\xe2\xe3\xcf\xd3\n", b"%%EOF", False),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", b"\n%%EOF\r\n", False),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", b"\n%%EOF\r", False),
        (b"%PDF-1.8\n%\xe2\xe3\xcf\xd3\n", b"%%EOF", True),
        (b"%PDF-1.7\n%abcd\n", b"%%EOF", True),
        (b"%PDF-1.7\n\n\n%\xe2\xe3\xcf\xd3\n", b"%%EOF", True),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", b"%%EOF\n\n", True),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", b"%%EOF and more", True),
        (b"\n%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", b"%%EOF", True),
    ],
)
def test_a_file_for_the_screen_begins_and_ends_as_it_must(
    header: bytes, end: bytes, *, is_wrong: bool
) -> None:
    assert [code for code, _ in standing(SCREEN, header=header, end=end)] == ["E118"] * is_wrong
    begins = header.startswith(b"%PDF-1.")
    assert [code for code, _ in standing(PRESS, header=header, end=end)] == ["E118"] * (not begins)


def test_a_file_for_the_press_names_one_printing_condition_and_its_traps() -> None:
    assert standing(PRESS, intents=[]) == [("E105", {"count": "0"})]
    assert standing(PRESS, intents=["GTS_PDFA1"]) == [("E105", {"count": "0"})]
    assert standing(PRESS, intents=["GTS_PDFX", "GTS_PDFX"]) == [("E105", {"count": "2"})]
    assert standing(PRESS, intents=["GTS_PDFX", "GTS_PDFA1"]) == []
    assert standing(PRESS, profile=b"none") == [("E106", {})]
    other = PROFILE.replace(b"ISO Coated v2 300%", b"ISO Uncoated Yello")
    (told,) = standing(PRESS, profile=other)
    assert (told[0], told[1]["found"] != told[1]["wanted"]) == ("W106", True)
    assert standing(PRESS, trapped=Name("/True"), metadata=claims(PRESS).replace(b">False<", b">True<")) == []
    assert standing(PRESS, trapped=Name("/True")) == [("E107", {})]
    assert standing(PRESS, trapped=Name("/Unknown")) == [("E107", {})]
    assert standing(PRESS, trapped=String("False"), metadata=b"") == [("E103", {})]
    silent = claims(PRESS).replace(b"<p:Trapped>False</p:Trapped>", b"")
    assert standing(PRESS, metadata=silent) == []
    assert standing(PRESS, metadata=silent, trapped=String("")) == [("E107", {})]
    assert standing(SCREEN, trapped=Name("/Unknown"), intents=[]) == []


@pytest.mark.parametrize(
    ("kind", "space", "bands"),
    [
        ("GTS_PDFA1", b"GRAY", 1),
        ("GTS_PDFA1", b"RGB ", 3),
        ("GTS_PDFA1", b"CMYK", 4),
        ("GTS_PDFA1", b"Lab ", 0),
        ("GTS_PDFX", b"RGB ", 0),
    ],
)
def test_the_colours_of_an_intent_are_counted(kind: str, space: bytes, bands: int) -> None:
    pdf = new_pdf()
    assert bands_of_intent(pdf) == 0
    profile = pdf.make_stream(b"\0" * 16 + space + b"\0" * 16 + b"acsp")
    no_profile = Dictionary(S=Name("/GTS_PDFA1"), DestOutputProfile=Name.None_)
    empty = Dictionary(S=Name("/GTS_PDFA1"), DestOutputProfile=pdf.make_stream(b"\0" * 40))
    pdf.Root.OutputIntents = Array([no_profile, empty])
    assert bands_of_intent(pdf) == 0
    pdf.Root.OutputIntents.append(Dictionary(S=Name(f"/{kind}"), DestOutputProfile=profile))
    assert bands_of_intent(pdf) == bands
    pdf.Root.OutputIntents = Array([7])
    assert bands_of_intent(pdf) == 0


def _with_nothing(_: pikepdf.Pdf) -> None:
    pass


def _with_names(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary())


def _with_form(fields: int) -> Callable[[pikepdf.Pdf], None]:
    def build(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm = Dictionary(Fields=Array([Dictionary()] * fields))

    return build


def action(kind: str, following: Dictionary | None = None) -> Dictionary:
    made = Dictionary({"/S": Name(f"/{kind}")})
    if following is not None:
        made.Next = following
    return made


def chain(length: int) -> Dictionary:
    """Return an action that does something at the end of a chain."""
    made = action("Launch")
    for _ in range(length - 1):
        made = action("GoTo", made)
    return made


def _open(made: Dictionary) -> Callable[[pikepdf.Pdf], None]:
    def build(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = made

    return build


def _noted(**entries: Any) -> Callable[[pikepdf.Pdf], None]:
    def build(pdf: pikepdf.Pdf) -> None:
        note = Dictionary({f"/{name}": value for name, value in entries.items()})
        pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Link), note])

    return build


def _held(where: str, made: Dictionary) -> Callable[[pikepdf.Pdf], None]:
    def build(pdf: pikepdf.Pdf) -> None:
        holder = pdf.Root if where == "file" else pdf.pages[0].obj
        holder.AA = Dictionary(O=made)

    return build


def _external(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Other = pdf.make_stream(b"", F=String("away"))


def _object(**entries: Any) -> Callable[[pikepdf.Pdf], None]:
    def build(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Other = pdf.make_indirect(Dictionary({f"/{name}": value for name, value in entries.items()}))

    return build


ACTIVE: dict[str, tuple[Callable[[pikepdf.Pdf], None], str]] = {
    "nothing": (_with_nothing, ""),
    "scripts by name": (_with_names, "JavaScript"),
    "a form": (_with_form(1), "AcroForm"),
    "a form of no fields": (_with_form(0), ""),
    "opens a place": (_open(action("GoTo")), ""),
    "a chain": (_open(chain(3)), "Launch"),
    "as long a chain as is followed": (_open(chain(64)), "Launch"),
    "a chain of no more": (_open(chain(65)), ""),
    "when the file is left": (_held("file", action("Launch")), "Launch"),
    "when the page is left": (_held("page", action("Launch")), "Launch"),
    "a note": (_noted(Subtype=Name.Link, A=action("SubmitForm")), "SubmitForm"),
    "a note that is left": (_noted(Subtype=Name.Link, AA=Dictionary(E=action("Launch"))), "Launch"),
    "a stream from elsewhere": (_external, "/F"),
    "an object that acts": (_object(S=Name.Launch), "Launch"),
    "an object with an action": (_object(A=action("Launch")), "Launch"),
    "an object with a place": (_object(A=action("URI")), ""),
    "a wrong action": (_object(A=Name.Launch), ""),
}
ACTIVE |= {
    kind: (_open(action(kind)), kind)
    for kind in ("JavaScript", "Launch", "SubmitForm", "ImportData", "Sound", "Movie", "Rendition")
}
ACTIVE |= {
    f"a note of {kind}": (_noted(Subtype=Name(f"/{kind}")), kind)
    for kind in ("Movie", "Sound", "Screen", "3D", "RichMedia", "FileAttachment")
}


@pytest.mark.parametrize("case", ACTIVE)
def test_a_file_does_nothing_by_itself(case: str) -> None:
    build, what = ACTIVE[case]
    pdf = new_pdf()
    build(pdf)
    assert values(activity_findings(checked(pdf, SCREEN))) == ([{"what": what}] if what else [])


def pages_with(*, shared: bool, count: int = 3, boxes: tuple[float, ...] | None = None) -> bytes:
    """Return a file of pages in a colour of light: the same content, once or written again for each."""
    pdf = new_pdf(count)
    content = pdf.make_stream(b"1 0 0 rg 100 100 50 50 re f")
    resources = pdf.make_indirect(Dictionary())
    for page in pdf.pages:
        page.Contents = content if shared else pdf.make_stream(content.read_bytes())
        page.Resources = resources
    if boxes:
        pdf.pages[-1].obj.CropBox = Array(boxes)
    whole = io.BytesIO()
    pdf.save(whole)
    return whole.getvalue()


def painted_times(monkeypatch: pytest.MonkeyPatch, data: bytes) -> tuple[int, list[int]]:
    """Return how often a page is read, and the pages on which its colour is told."""
    times = []

    def counted(*arguments: Any) -> Any:
        times.append(1)
        return painted(*arguments)

    monkeypatch.setattr(module, "painted", counted)
    pages = [each.page for each in findings_of(data, SCREEN) if each.code == "E119"]
    monkeypatch.undo()
    return len(times), pages


def test_a_page_that_paints_what_another_does_is_judged_once_and_told_of_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert painted_times(monkeypatch, pages_with(shared=True)) == (1, [1, 2, 3])
    assert painted_times(monkeypatch, pages_with(shared=False)) == (3, [1, 2, 3])
    assert painted_times(monkeypatch, pages_with(shared=True, boxes=(0, 0, 90, 90))) == (2, [1, 2, 3])


def test_pages_with_resources_of_their_own_are_judged_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    with pikepdf.open(io.BytesIO(pages_with(shared=True))) as pdf:
        pdf.pages[1].Resources = Dictionary()
        pdf.pages[2].Contents = Array([pdf.pages[0].Contents, pdf.make_stream(b"")])
        whole = io.BytesIO()
        pdf.save(whole)
    assert painted_times(monkeypatch, whole.getvalue()) == (3, [1, 2, 3])


def test_pages_without_content_are_judged_too() -> None:
    whole = io.BytesIO()
    new_pdf(2).save(whole)
    found = list(findings_of(whole.getvalue(), SCREEN))
    assert [each.page for each in found if each.code == "W112"] == [1, 2]
    assert "E127" not in codes(found)


def test_only_what_is_read_aloud_has_tags() -> None:
    data = pages_with(shared=True, count=1)
    aloud, silent = (
        {each.code for each in findings_of(data, edition)}
        for edition in (SCREEN, SCREEN._replace(accessible=False))
    )
    assert {"E150", "E151", "E152", "E156"} <= aloud
    assert not {"E150", "E151", "E152", "E156"} & silent


def test_a_file_cut_short_is_told_as_such() -> None:
    (found,) = findings_of(b"%PDF-1.7 and nothing more", SCREEN)
    assert (found.code, dict(found.values)) == ("E100", {"problem": "it is damaged or cut short"})


def test_plates_that_are_known_are_not_drawn_again() -> None:
    sound, heavy = (Image.new("CMYK", (827, 1169), (level, level, level, level)) for level in (0, 255))
    data = pages_with(shared=True, count=2)
    told = [
        [(each.code, each.page) for each in findings_of(data, PRESS, CONDITION, plates)]
        for plates in ([sound, heavy], [sound])
    ]
    assert ("E123", 2) in told[0]
    assert ("E123", 1) not in told[0]
    assert not [code for code, _ in told[1] if code == "E123"]


def test_press_files_are_held_to_the_limit_of_their_paper_or_three_hundred() -> None:
    plates = [Image.new("CMYK", (827, 1169), (255, 255, 255, 10))]
    data = pages_with(shared=True, count=1)
    for condition in (None, CONDITION, CONDITION._replace(ink_limit=330)):
        limits = [
            dict(each.values)["limit"]
            for each in findings_of(data, PRESS, condition, plates)
            if each.code == "E123"
        ]
        assert limits == ([] if condition and condition.ink_limit == 330 else ["300"])
