"""What a file says of itself, where it leads, and what is attached to it is judged to the letter."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from pipeline.models.editions import ARCHIVE, PRESS, SCREEN
from pipeline.pdf.preflight.attachments import MAIL_NEVER, MAIL_SLOW, attachment_findings
from pipeline.pdf.preflight.claims import claims_of
from pipeline.pdf.preflight.families import not_judged
from pipeline.pdf.preflight.links import (
    Destinations,
    bookmark_findings,
    destinations_of,
    link_findings,
)
from tests.pdf.preflight.made import checked, codes, new_pdf, page_with, values

if TYPE_CHECKING:
    from pipeline.models.editions import Edition

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
NAMES = (
    f'xmlns:rdf="{RDF}" xmlns:dc="{DC}" xmlns:a="http://www.aiim.org/pdfa/ns/id/" '
    'xmlns:u="http://www.aiim.org/pdfua/ns/id/" xmlns:x="http://www.npes.org/pdfx/ns/id/" '
    'xmlns:p="http://ns.adobe.com/pdf/1.3/"'
)


def said(inner: str, attributes: str = "") -> bytes:
    return f"<rdf:RDF {NAMES}><rdf:Description {attributes}>{inner}</rdf:Description></rdf:RDF>".encode()


def claimed(metadata: bytes) -> Any:
    pdf = new_pdf()
    pdf.Root.Metadata = pdf.make_stream(metadata)
    return claims_of(pdf)


def test_a_file_claims_standards_in_entries_or_attributes() -> None:
    whole = "<a:part> 2 </a:part><a:conformance>A</a:conformance><u:part>1</u:part>"
    whole += "<x:GTS_PDFXVersion>PDF/X-4</x:GTS_PDFXVersion><p:Trapped>False</p:Trapped>"
    expected = (("2", "a"), "1", "PDF/X-4", "False", ())
    assert tuple(claimed(said(whole))) == expected
    attributes = 'a:part="2" a:conformance=" A" u:part="1" x:GTS_PDFXVersion="PDF/X-4" p:Trapped="False"'
    assert tuple(claimed(said("", attributes))) == expected
    assert tuple(claimed(said(""))) == (("", ""), "", "", "", ())


def test_titles_are_those_with_words_in_them() -> None:
    def title(inner: str) -> tuple[str, ...]:
        titles: tuple[str, ...] = claimed(said(f"<dc:title>{inner}</dc:title>")).titles
        return titles

    assert title("<rdf:Alt><rdf:li>One </rdf:li><rdf:li>Two</rdf:li></rdf:Alt>") == ("One", "Two")
    assert title("<rdf:Alt><rdf:li> </rdf:li><rdf:li/><rdf:li>Two</rdf:li></rdf:Alt>") == ("Two",)
    assert title(" Plain ") == ("Plain",)
    assert title(" ") == ()
    assert title("") == ()


def test_metadata_that_cannot_be_read_claim_nothing() -> None:
    assert claims_of(new_pdf()) is None
    pdf = new_pdf()
    pdf.Root.Metadata = Name.None_
    assert claims_of(pdf) is None
    assert claimed(b"<open>") is None
    assert claimed(b'<!DOCTYPE x [<!ENTITY a "b">]>' + said("")) is None
    assert claimed('<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")) is None
    assert claimed(said("<a:part>2</a:part>").decode().encode("utf-16")).of_archive == ("2", "")


def test_what_is_not_judged_is_told_of_each_edition() -> None:
    always, ink, aloud = "layers", "trapping", "ruby and warichu"
    for edition in (SCREEN, PRESS, ARCHIVE):
        told = not_judged(edition)
        assert always in told
        assert (ink in told) == edition.in_ink
        assert (aloud in told) == edition.accessible
    assert PRESS.in_ink
    assert not PRESS.accessible
    assert SCREEN.accessible


DATA = b"a"


def attached(
    *names: str, edition: Edition = ARCHIVE, related: bool = True, associated: bool = True, data: bytes = DATA
) -> list[tuple[str, dict[str, str]]]:
    pdf = new_pdf()
    specifications = []
    for name in names:
        files = Dictionary(F=pdf.make_stream(data))
        held = pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String(name), UF=String(name), EF=files))
        if related:
            held.AFRelationship = Name.Source
        specifications.append(held)
    if names:
        pairs = [
            part for name, each in zip(names, specifications, strict=True) for part in (String(name), each)
        ]
        pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(pairs)))
        if associated:
            pdf.Root.AF = Array(specifications)
    found = attachment_findings(checked(pdf, edition))
    return [(each.code, dict(each.values)) for each in found]


LONG = "n" * 80


def test_the_archive_carries_its_sources_and_says_what_they_are() -> None:
    assert attached("a") == []
    assert attached() == [("W160", {})]
    assert attached("a", LONG, related=False) == [("E161", {"name": "a", "count": "2"})]
    assert attached(LONG, related=False) == [("E161", {"name": "n" * 60, "count": "1"})]
    assert attached("a", LONG, associated=False) == [("E166", {"name": "a", "count": "2"})]
    assert attached(LONG, associated=False) == [("E166", {"name": "n" * 60, "count": "1"})]


def test_a_part_of_the_file_says_that_an_attached_file_belongs_to_it() -> None:
    pdf = new_pdf()
    one = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String("a"),
            EF=Dictionary(F=pdf.make_stream(b"a")),
            AFRelationship=Name.Data,
        )
    )
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("a"), one])))
    assert codes(attachment_findings(checked(pdf, ARCHIVE))) == ["E166"]
    pdf.pages[0].obj.AF = one
    assert codes(attachment_findings(checked(pdf, ARCHIVE))) == []
    del pdf.pages[0].obj.AF
    pdf.pages[0].Contents = pdf.make_stream(b"", AF=Array([one]))
    assert codes(attachment_findings(checked(pdf, ARCHIVE))) == []


def archival(part: str) -> bytes:
    inner = new_pdf()
    inner.Root.Metadata = inner.make_stream(said(f"<a:part>{part}</a:part><a:conformance>B</a:conformance>"))
    whole = io.BytesIO()
    inner.save(whole)
    return whole.getvalue()


def test_other_editions_carry_archival_files_alone() -> None:
    assert attached(edition=SCREEN) == []
    assert attached("a", LONG, edition=SCREEN) == [("E160", {"name": "a", "count": "2"})]
    assert attached(LONG, edition=SCREEN) == [("E160", {"name": "n" * 60, "count": "1"})]
    for part in "1234":
        assert bool(attached("a", edition=SCREEN, data=archival(part))) == (part in "34")
    plain = io.BytesIO()
    new_pdf().save(plain)
    assert attached("a", edition=SCREEN, data=plain.getvalue()) != []


def of_size(size: int, edition: Edition = SCREEN) -> list[tuple[str, dict[str, str]]]:
    found = attachment_findings(checked(new_pdf(), edition, b"\0" * size))
    return [(each.code, dict(each.values)) for each in found if "size" in dict(each.values)]


def test_a_file_is_small_enough_to_be_mailed() -> None:
    assert of_size(MAIL_SLOW) == []
    assert of_size(MAIL_SLOW + 1) == [("W170", {"size": "5.0", "limit": "5"})]
    assert of_size(MAIL_NEVER) == [("W170", {"size": "13.1", "limit": "5"})]
    assert of_size(MAIL_NEVER + 1) == [("E170", {"size": "13.1", "limit": "13"})]
    assert of_size(MAIL_NEVER + 1, ARCHIVE) == []


NOWHERE = Destinations(frozenset(), frozenset())


def link(**entries: Any) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([100, 100, 200, 120]), **entries)


def of_links(pdf: pikepdf.Pdf, *notes: Any, edition: Edition = SCREEN) -> list[tuple[str, str]]:
    page = page_with()
    page.page.obj.Annots = Array([])
    held = page._replace(page=pdf.pages[0])
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note) for note in notes])
    found = link_findings(checked(pdf, edition), held, destinations_of(pdf))
    return [(each.code, dict(each.values)["count"]) for each in found]


WORDS = {"Contents": "where it leads"}


def test_each_link_leads_somewhere_and_says_where() -> None:
    pdf = new_pdf(2)
    there = Array([pdf.pages[1].obj, Name.Fit])
    pdf.Root.Dests = Dictionary(Old=there, Dead=Array([7, Name.Fit]), Within=Dictionary(D=there))
    tree = Array([String("new"), there, String("dead"), Array([])])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=tree))
    for target in (there, Name.Old, Name.Within, String("new"), String("Old"), Dictionary(D=there)):
        assert of_links(pdf, link(Dest=target, **WORDS)) == []
        assert of_links(pdf, link(A=Dictionary(S=Name.GoTo, D=target), **WORDS)) == []
    for target in (
        Array([]),
        Array([7]),
        Array([pdf.Root, Name.Fit]),
        Name.Dead,
        Name.Other,
        String("dead"),
        Dictionary(),
    ):
        assert of_links(pdf, link(Dest=target, **WORDS)) == [("E141", "1")]
        assert of_links(pdf, link(A=Dictionary(S=Name.GoTo, D=target), **WORDS)) == [("E141", "1")]
    assert of_links(pdf, link(**WORDS), link(A=Dictionary(S=Name.GoTo), **WORDS)) == [("E141", "2")]
    assert of_links(pdf, link(A=Dictionary(S=Name.URI, URI=String("https://a.b")), **WORDS)) == []
    assert of_links(pdf, link(Dest=there, A=Dictionary(S=Name.URI), **WORDS)) == []
    assert of_links(pdf, link(Dest=there)) == of_links(pdf, link(Dest=there, Contents="")) == [("E142", "1")]
    assert of_links(pdf, link(Dest=there), edition=SCREEN._replace(accessible=False)) == []
    assert of_links(pdf, Dictionary(Subtype=Name.Text, Rect=Array([100, 100, 200, 120]))) == []


def test_paper_has_no_links() -> None:
    pdf = new_pdf()
    text = Dictionary(Subtype=Name.Text, Rect=Array([100, 100, 200, 120]))
    beyond = Dictionary(Subtype=Name.Text, Rect=Array([0, 0, 5, 5]))
    assert of_links(pdf, edition=PRESS) == []
    assert of_links(pdf, link(), text, edition=PRESS) == [("E140", "2")]
    assert of_links(pdf, beyond, edition=PRESS) == []
    for allowed in (Name.TrapNet, Name.PrinterMark):
        assert (
            of_links(pdf, Dictionary(Subtype=allowed, Rect=Array([100, 100, 200, 120])), edition=PRESS) == []
        )


def test_each_bookmark_leads_somewhere_but_for_those_that_only_head_others() -> None:
    pdf = new_pdf(2)
    there = Array([pdf.pages[1].obj, Name.Fit])

    def dead(*items: dict[str, Any]) -> list[str]:
        made = [pdf.make_indirect(Dictionary(each)) for each in items]
        for one, following in pairwise(made):
            one.Next = following
        pdf.Root.Outlines = Dictionary(First=made[0]) if made else Dictionary()
        return [told["count"] for told in values(bookmark_findings(checked(pdf), destinations_of(pdf)))]

    live, lost, heading = {"/Dest": there}, {"/Dest": Name.Other}, {"/Title": String("Part")}
    assert dead() == dead(live, heading, live) == []
    assert dead(live, lost, live, lost) == ["2"]
    assert dead({}) == ["1"]
    child = pdf.make_indirect(Dictionary(lost))
    assert dead({"/First": child} | live) == ["1"]
    loop = pdf.make_indirect(Dictionary(lost))
    loop.First = loop.Next = loop
    assert dead({"/First": loop} | live) == ["1"]
    assert codes(bookmark_findings(checked(new_pdf()), NOWHERE)) == []
