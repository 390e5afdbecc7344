"""Word files by rule: what is hidden or struck out, by every means, and words in every part of a file.

Each says what must stand in the draft, and what must be listed and may not stand there.
"""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING, Final, NamedTuple

from PIL import Image

from tests.importing.by_rule.word_writing import WordFile, cell, paragraph, part, run, table

if TYPE_CHECKING:
    from collections.abc import Iterator


class PartFile(NamedTuple):
    """A Word file.

    Args:
        name: Says by which rule it was made.
        data: The file.
        placed: What must stand in the draft.
        listed: What must be listed, and may not stand in the draft.
    """

    name: str
    data: bytes
    placed: tuple[str, ...]
    listed: tuple[str, ...]


def _style(kind: str, name: str, inner: str) -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{inner}</w:style>'


_STYLES: Final = (
    _style("character", "HiddenC", "<w:rPr><w:vanish/></w:rPr>")
    + _style("character", "StruckC", "<w:rPr><w:strike/></w:rPr>")
    + _style("paragraph", "HiddenP", "<w:rPr><w:vanish/></w:rPr>")
    + _style("paragraph", "StruckP", "<w:rPr><w:strike/></w:rPr>")
    + _style("paragraph", "Below", '<w:basedOn w:val="HiddenP"/>')
)
_LEFT_OUT: Final = {
    "vanish": "<w:vanish/>",
    "vanish-on": '<w:vanish w:val="1"/>',
    "web-hidden": "<w:webHidden/>",
    "hidden-style": '<w:rStyle w:val="HiddenC"/>',
    "strike": "<w:strike/>",
    "double-strike": "<w:dstrike/>",
    "struck-style": '<w:rStyle w:val="StruckC"/>',
    "one-point": '<w:sz w:val="2"/>',
    "white-one-point": '<w:color w:val="FFFFFF"/><w:sz w:val="2"/>',
}
_KEPT: Final = {
    "vanish-off": '<w:vanish w:val="0"/>',
    "strike-off": '<w:strike w:val="false"/>',
    "hidden-style-off": '<w:rStyle w:val="HiddenC"/><w:vanish w:val="0"/>',
    "white-on-blue": '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="0000FF"/>',
    "small-caps": "<w:smallCaps/>",
    "six-points": '<w:sz w:val="12"/>',
}
_PLACES: Final = ("text", "start", "cell", "box", "note", "link", "inserted")


def part_files() -> Iterator[PartFile]:
    """Yield all files."""
    yield from _formatted()
    yield from _by_paragraph_style()
    yield from _of_parts()
    yield from _chunks()
    yield from _fields()
    yield from _cropped()


def _formatted() -> Iterator[PartFile]:
    kinds = [(name, xml, True) for name, xml in _LEFT_OUT.items()]
    kinds += [(name, xml, False) for name, xml in _KEPT.items()]
    for (name, xml, out), place in itertools.product(kinds, _PLACES):
        words = f"тайно{name.replace('-', '')}{place}"
        inner = run("Видимо ") + run(words, xml) + run(" накрая.")
        file = _placed(place, inner if place != "start" else run(words, xml) + run(" Видимо накрая."))
        file.styles = _STYLES
        placed, listed = (("Видимо", "накрая"), (words,)) if out else (("Видимо", words, "накрая"), ())
        yield PartFile(f"{name} in {place}", file.data(), placed, listed)


def _placed(place: str, inner: str) -> WordFile:
    match place:
        case "cell":
            return WordFile(
                table(cell(paragraph(run("А"))) + cell(paragraph(inner)), cell(paragraph(run("В"))) * 2)
            )
        case "box":
            shape = (
                f"<v:shape><v:textbox><w:txbxContent>{paragraph(inner)}</w:txbxContent></v:textbox></v:shape>"
            )
            return WordFile(paragraph(f"<w:r><w:pict>{shape}</w:pict></w:r>"))
        case "note":
            reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
            notes = part("w:footnotes", f'<w:footnote w:id="2">{paragraph(inner)}</w:footnote>')
            relations = [("footnotes", "notes7.xml", False)]
            body = paragraph(run("С бележка") + reference)
            return WordFile(body, relations=relations, parts={"word/notes7.xml": notes})
        case "link":
            link = f'<w:hyperlink r:id="rId1">{inner}</w:hyperlink>'
            return WordFile(paragraph(link), relations=[("hyperlink", "https://example.org/a", True)])
        case "inserted":
            return WordFile(paragraph(f'<w:ins w:id="1" w:author="a">{inner}</w:ins>'))
    return WordFile(paragraph(inner))


def _by_paragraph_style() -> Iterator[PartFile]:
    for style, other in itertools.product(("HiddenP", "StruckP", "Below"), ("", "HiddenC", "StruckC")):
        words = f"под{style}{other}".lower()
        properties = f'<w:rStyle w:val="{other}"/>' if other else ""
        body = paragraph(run("Пред това.")) + paragraph(
            run(words, properties), f'<w:pStyle w:val="{style}"/>'
        )
        # On in both styles is off: what a style hides, the other shows again.
        same = (other == "HiddenC" and style != "StruckP") or (other == "StruckC" and style == "StruckP")
        placed, listed = (("Пред това", words), ()) if same else (("Пред това",), (words,))
        yield PartFile(f"{style} with {other or 'none'}", WordFile(body, _STYLES).data(), placed, listed)
    row = f"<w:trPr><w:hidden/></w:trPr>{cell(paragraph(run('скритред')))}{cell(paragraph(run('другия')))}"
    shown = cell(paragraph(run("единия"))) + cell(paragraph(run("втория")))
    yield PartFile("hidden row", WordFile(table(shown, shown, row)).data(), ("единия",), ("скритред",))


_BOX: Final = "<w:txbxContent>{}</w:txbxContent>"
_WPS: Final = (
    '<w:drawing><wp:anchor><wp:docPr id="1" name="a"/><a:graphic><a:graphicData uri="x"><wps:wsp>{}</wps:wsp>'
    "</a:graphicData></a:graphic></wp:anchor></w:drawing>"
)


def _either(alternatives: str) -> str:
    return f"<mc:AlternateContent>{alternatives}</mc:AlternateContent>"


def _of_parts() -> Iterator[PartFile]:
    mains = ("word/document.xml", "word/document2.xml", "word/document22.xml", "doc/main.xml")
    for main, strict in itertools.product(mains, (False, True)):
        file = WordFile(paragraph(run("думаглавна")), main=main, strict=strict)
        yield PartFile(f"{main} strict {strict}", file.data(), ("думаглавна",), ())
    wps = _WPS.format(f"<wps:txbx>{_BOX.format(paragraph(run('думакаре')))}</wps:txbx>")
    box = _BOX.format(paragraph(run("думакаре")))
    vml = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    choice = f'<mc:Choice Requires="wps">{wps}</mc:Choice>'
    boxes = {
        "box with both": _either(f"{choice}<mc:Fallback>{vml}</mc:Fallback>"),
        "box without fallback": _either(choice),
        "box with an empty fallback": _either(f"{choice}<mc:Fallback/>"),
        "box of a drawing": wps,
        "box of VML": vml,
        "box in a group": vml.replace("<v:shape>", "<v:group><v:shape>").replace(
            "</v:shape>", "</v:shape></v:group>"
        ),
    }
    boxes |= {
        f"box in v:{shape}": vml.replace("v:shape", f"v:{shape}")
        for shape in ("oval", "rect", "roundrect", "line")
    }
    for name, xml in boxes.items():
        yield PartFile(
            name, WordFile(paragraph(f"{run('Пред ')}<w:r>{xml}</w:r>")).data(), ("Пред", "думакаре"), ()
        )
    for strings in ("ЧЕСТИТА КОЛЕДА", "Весел празник на всички"):
        art = (
            f'<w:pict><v:shape><v:textpath style="font-family:Arial" string="{strings}"/></v:shape></w:pict>'
        )
        yield PartFile(f"WordArt {strings}", WordFile(paragraph(f"<w:r>{art}</w:r>")).data(), (strings,), ())
    wrapped = {
        "control of runs": f"<w:sdt><w:sdtPr/><w:sdtContent>{run('думаобвита')}</w:sdtContent></w:sdt>",
        "smart tag": f'<w:smartTag w:element="p"><w:smartTagPr/>{run("думаобвита")}</w:smartTag>',
        "custom XML": f'<w:customXml w:element="p"><w:customXmlPr/>{run("думаобвита")}</w:customXml>',
        "direction": f'<w:dir w:val="ltr">{run("думаобвита")}</w:dir>',
        "override of direction": f'<w:bdo w:val="ltr">{run("думаобвита")}</w:bdo>',
        "simple field": f'<w:fldSimple w:instr=" TITLE ">{run("думаобвита")}</w:fldSimple>',
        "moved here": f'<w:moveTo w:id="3" w:author="a">{run("думаобвита")}</w:moveTo>',
    }
    for name, xml in wrapped.items():
        yield PartFile(name, WordFile(paragraph(run("Пред ") + xml)).data(), ("Пред", "думаобвита"), ())
    block = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(run('думаблок'))}</w:sdtContent></w:sdt>"
    yield PartFile("content control of paragraphs", WordFile(block).data(), ("думаблок",), ())
    yield from _listed_parts()


def _listed_parts() -> Iterator[PartFile]:
    for kind, root in (("header", "w:hdr"), ("footer", "w:ftr")):
        words = f"дума{kind}"
        parts = {f"word/edge-{kind}.xml": part(root, paragraph(run(words)))}
        file = WordFile(paragraph(run("Текст.")), relations=[(kind, f"edge-{kind}.xml", False)], parts=parts)
        yield PartFile(kind, file.data(), ("Текст",), (words,))
    comment = part(
        "w:comments", f'<w:comment w:id="1" w:author="Иван">{paragraph(run("думазабележка"))}</w:comment>'
    )
    file = WordFile(
        paragraph(run("Текст.")), relations=[("comments", "c9.xml", False)], parts={"word/c9.xml": comment}
    )
    yield PartFile("comments", file.data(), ("Текст",), ("думазабележка",))
    deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>думаизтрита</w:delText></w:r></w:del>'
    yield PartFile(
        "deleted", WordFile(paragraph(run("Текст. ") + deleted)).data(), ("Текст",), ("думаизтрита",)
    )
    formula = "<m:oMath><m:r><m:t>Е=мц</m:t></m:r></m:oMath>"
    yield PartFile("formula", WordFile(paragraph(run("Текст. ") + formula)).data(), ("Текст", "Е=мц"), ())
    for kind, address in (("chart", "chart"), ("diagramData", "diagram")):
        graphic = (
            '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/'
            f'{address}"><c:chart r:id="rId1"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        )
        inner = f"<a:p><a:r><a:t>дума{kind}</a:t></a:r></a:p>"
        parts = {"word/objects/o.xml": part("c:chartSpace", inner)}
        file = WordFile(
            paragraph(run("Текст.") + graphic), relations=[(kind, "objects/o.xml", False)], parts=parts
        )
        yield PartFile(kind, file.data(), ("Текст",), (f"дума{kind}",))
    for name in ("word/unknown.bin", "word/media/clip.mp4", "notes/second.xml"):
        file = WordFile(paragraph(run("Текст.")), parts={name: b"<x>words</x>"})
        yield PartFile(f"part {name}", file.data(), ("Текст",), (name.rpartition("/")[2],))


def _chunks() -> Iterator[PartFile]:
    page = "<html><head>{}</head><body><p>Думафайл е <b>вътре</b>.</p></body></html>"
    meta = '<meta charset="windows-1251">'
    other = WordFile(paragraph(run("Думафайл е вътре."))).data()
    archive = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        b"Content-Type: text/html; charset=koi8-r\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    files = {
        "a.htm": page.format("").encode(),
        "b.html": page.format(meta).encode("windows-1251"),
        "c.mht": archive + page.format("").encode("koi8-r") + b"\r\n--b--\r\n",
        "d.txt": "Думафайл е вътре.".encode("utf-16"),
        "e.txt": "Думафайл е вътре, казват всички колеги.".encode("windows-1251"),
        "f.docx": other,
    }
    for name, content in files.items():
        file = _chunk(name, content)
        yield PartFile(f"file within {name}", file.data(), ("Начало", "Думафайл", "Край"), ())
    yield PartFile(
        "file within g.rtf", _chunk("g.rtf", b"{\\rtf1 Word}").data(), ("Начало", "Край"), ("g.rtf",)
    )
    damaged = _chunk("h.docx", other[:200]).data()
    yield PartFile("damaged file within", damaged, ("Начало", "Край"), ("h.docx",))


def _chunk(name: str, content: bytes) -> WordFile:
    body = paragraph(run("Начало.")) + '<w:altChunk r:id="rId1"/>' + paragraph(run("Край."))
    return WordFile(
        body, relations=[("aFChunk", f"files/{name}", False)], parts={f"word/files/{name}": content}
    )


def _field(code: str, result: str, begin: str = "") -> str:
    marks = [
        f'<w:r><w:fldChar w:fldCharType="{kind}">{{}}</w:fldChar></w:r>'
        for kind in ("begin", "separate", "end")
    ]
    written = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    shown = marks[1].format("") + run(result) if result else ""
    return marks[0].format(begin) + written + shown + marks[2].format("")


def _fields() -> Iterator[PartFile]:
    address = "https://example.org/програма"
    links = {
        f'HYPERLINK "{address}"': f"]({address})",
        f'HYPERLINK "{address}" \\o "подсказка"': f"]({address})",
        f'HYPERLINK \\o "подсказка" "{address}" \\t "_blank"': f"]({address})",
        f'HYPERLINK "{address}" \\l "част2"': f"]({address}#част2)",
        f"HYPERLINK {address} \\n": f"]({address})",
        f'hyperlink "{address}" \\h': f"]({address})",
    }
    for code, target in links.items():
        yield PartFile(
            code, WordFile(paragraph(run("Вижте ") + _field(code, "програмата"))).data(), (target,), ()
        )
        simple = f'<w:fldSimple w:instr="{code.replace(chr(34), "&quot;")}">{run("програмата")}</w:fldSimple>'
        yield PartFile(f"simple {code}", WordFile(paragraph(run("Вижте ") + simple)).data(), (target,), ())
    nested = _field('IF 1 = 1 "да"', _field("DATE", "12.3.2024"))
    yield PartFile("nested field", WordFile(paragraph(run("Дата ") + nested)).data(), ("Дата 12.3.2024",), ())
    unended = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
    yield PartFile(
        "field without an end", WordFile(paragraph(unended + run("думапоне"))).data(), ("думапоне",), ()
    )
    for on, sign in (("1", "☑"), ("0", "⬜")):
        box = f'<w:ffData><w:checkBox><w:default w:val="0"/><w:checked w:val="{on}"/></w:checkBox></w:ffData>'
        body = paragraph(_field("FORMCHECKBOX", "", box) + run(" Ще участвам"))
        yield PartFile(f"box {on}", WordFile(body).data(), (f"{sign} Ще участвам",), ())
        char = "☒" if on == "1" else "☐"
        control = (
            f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{on}"/></w14:checkbox></w:sdtPr>'
            "<w:sdtContent>"
            f"{run(char)}</w:sdtContent></w:sdt>"
        )
        yield PartFile(
            f"control {on}",
            WordFile(paragraph(control + run(" Ще участвам"))).data(),
            (f"{char} Ще участвам",),
            (),
        )
    entries = '<w:listEntry w:val="понеделник"/><w:listEntry w:val="вторник"/>'
    for chosen, day in (("", "понеделник"), ('<w:result w:val="1"/>', "вторник")):
        form = f"<w:ffData><w:ddList>{chosen}{entries}</w:ddList></w:ffData>"
        body = paragraph(run("Ден: ") + _field("FORMDROPDOWN", "", form))
        yield PartFile(f"entry {day}", WordFile(body).data(), (f"Ден: {day}",), ())
    yield PartFile(
        "form text", WordFile(paragraph(run("Име: ") + _field("FORMTEXT", "Иван"))).data(), ("Име: Иван",), ()
    )
    yield from _signs()


def _signs() -> Iterator[PartFile]:
    known = {
        ("Wingdings", 0x4A): "☺",
        ("Wingdings", 0xFC): "✔",
        ("Wingdings", 0xE8): "→",
        ("Symbol", 0xB3): "≥",
    }
    known |= {
        ("Wingdings", 0xFE): "☑",
        ("Wingdings", 0xA8): "⬜",
        ("Symbol", 0x61): "α",
        ("Wingdings", 0x28): "☎",
    }
    for (font, code), sign in known.items():
        fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
        forms = {
            "sym": f'<w:r><w:sym w:font="{font}" w:char="F0{code:02X}"/></w:r>',
            "private": run(chr(0xF000 + code), fonts),
            "letter": run(chr(code), fonts).replace("<<", "&lt;<").replace(">(<", ">(<"),
        }
        for form, xml in forms.items():
            body = paragraph(run("Знак: ") + xml + run(" после"))
            yield PartFile(
                f"{font} {code:02X} as {form}", WordFile(body).data(), (f"Знак: {sign} после",), ()
            )
    lost = '<w:r><w:sym w:font="Wingdings" w:char="F0AD"/></w:r>'
    yield PartFile(
        "sign of no face", WordFile(paragraph(run("Знак: ") + lost)).data(), ("Знак",), ("Wingdings F0AD",)
    )
    for name, xml, words in (
        ("no-break hyphen", "<w:noBreakHyphen/>", "A‑16"),
        ("carriage return", "<w:cr/>", "A\\\n16"),
        ("tab", '<w:ptab w:relativeTo="margin"/>', "A 16"),
    ):
        body = paragraph(run("A") + f"<w:r>{xml}</w:r>" + run("16"))
        yield PartFile(name, WordFile(body).data(), (words,), ())
    initial = paragraph(run("У"), '<w:framePr w:dropCap="drop" w:lines="3"/>') + paragraph(
        run("важаеми колеги")
    )
    yield PartFile("large first letter", WordFile(initial).data(), ("Уважаеми колеги",), ())
    for kind in ("page", "column", "textWrapping"):
        broken = run("Преди") + f'<w:r><w:br w:type="{kind}"/></w:r>' + run("след")
        yield PartFile(f"break of a {kind}", WordFile(paragraph(broken)).data(), ("Преди\\\nслед",), ())
    bare = paragraph(run("У"), '<w:framePr w:dropCap="drop"/>') + f"<w:p>{run('важаеми колеги')}</w:p>"
    yield PartFile("large first letter of a bare one", WordFile(bare).data(), ("Уважаеми колеги",), ())
    reading, base = f"<w:rt>{run('чети')}</w:rt>", f"<w:rubyBase>{run('дума')}</w:rubyBase>"
    ruby = f"<w:r><w:ruby><w:rubyPr/>{reading}{base}</w:ruby></w:r>"
    yield PartFile("reading above", WordFile(paragraph(ruby)).data(), ("дума", "чети"), ())


# cropped pictures: the left half is red, the right one green, the lower quarter blue


def colours(kind: str) -> bytes:
    """Return a picture of 80 × 40 pixels: red at the left, green at the right."""
    image = Image.new("RGB", (80, 40), (200, 0, 0))
    image.paste((0, 160, 0), (40, 0, 80, 40))
    held = io.BytesIO()
    image.save(held, kind)
    return held.getvalue()


def _cropped() -> Iterator[PartFile]:
    for (kind, ending), (side, rest) in itertools.product(
        (("PNG", "png"), ("JPEG", "jpg")), (("l", "green"), ("r", "red"))
    ):
        data = colours(kind)
        parts = {f"word/media/p.{ending}": data}
        relations = [("image", f"media/p.{ending}", False)]
        drawing = (
            f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="a" descr="{rest}"/><a:graphic>'
            '<a:graphicData uri="p"><pic:pic><pic:blipFill><a:blip r:embed="rId1"/>'
            f'<a:srcRect {side}="50000"/></pic:blipFill>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
        body = paragraph(run("Снимка: ") + drawing)
        file = WordFile(body, relations=relations, parts=parts)
        yield PartFile(f"cropped {kind} {rest}", file.data(), (f"![{rest}](images/",), ())
        name = {"l": "cropleft", "r": "cropright"}[side]
        shape = f'<v:shape><v:imagedata r:id="rId1" o:title="{rest}" {name}="32768f"/></v:shape>'
        file = WordFile(paragraph(f"<w:r><w:pict>{shape}</w:pict></w:r>"), relations=relations, parts=parts)
        yield PartFile(f"cropped in VML {kind} {rest}", file.data(), ("![](images/p-cropped",), ())
