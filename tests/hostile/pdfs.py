"""PDFs made by rule to be as bad as can be: small files that ask a reader for time, memory or patience."""

from __future__ import annotations

import io
import random
import zlib
from typing import TYPE_CHECKING, Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from tests.support.broken_pdfs import sound

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.models.editions import Edition


def hostile(seed: int, edition: Edition) -> bytes:
    """Return the hostile PDF of a number; files that follow one another are of different kinds."""
    chance = random.Random(seed)
    kind = seed % (len(OF_OBJECTS) + len(OF_BYTES))
    if kind >= len(OF_OBJECTS):
        return OF_BYTES[kind - len(OF_OBJECTS)](chance, edition)
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    OF_OBJECTS[kind](pdf, chance)
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def _packed(megabytes: int, unit: bytes = b" ") -> bytes:
    packing = zlib.compressobj(9)
    block = (unit * (1_000_000 // len(unit) + 1))[:1_000_000]
    return b"".join(packing.compress(block) for _ in range(megabytes)) + packing.flush()


def _bomb(pdf: Pdf, data: bytes, layers: int = 1, **entries: Any) -> Any:
    for _ in range(layers - 1):
        data = zlib.compress(data, 9)
    stream = Stream(pdf, b"")
    stream.write(data, filter=Array([Name.FlateDecode] * layers))
    for name, value in entries.items():
        stream[f"/{name}"] = value
    return pdf.make_indirect(stream)


def _form(pdf: Pdf, content: bytes, **resources: Any) -> Any:
    form = Stream(pdf, content)
    form.Subtype, form.BBox = Name.Form, Array([0, 0, 100, 100])
    form.Resources = Dictionary(**resources)
    return pdf.make_indirect(form)


def unpacks_without_end(pdf: Pdf, chance: random.Random) -> None:
    """A content, metadata, profile or picture that unpacks to hundreds of megabytes."""
    megabytes, layers = chance.randint(100, 400), chance.choice([1, 1, 2])
    bomb = _bomb(pdf, _packed(megabytes), layers)
    where = chance.choice(["content", "metadata", "profile", "picture", "table"])
    if where == "content":
        pdf.pages[0].Contents = bomb
    elif where == "metadata":
        pdf.Root.Metadata = bomb
    elif where == "profile":
        bomb.N = 4
        pdf.Root.OutputIntents = Array([Dictionary(S=Name.GTS_PDFX, DestOutputProfile=bomb)])
    elif where == "picture":
        bomb.Subtype, bomb.Width, bomb.Height = Name.Image, 30_000, 30_000
        bomb.BitsPerComponent, bomb.ColorSpace = 8, chance.choice([Name.DeviceGray, Name.DeviceCMYK])
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(I=bomb))
        pdf.pages[0].Contents = Stream(pdf, b"500 0 0 800 0 0 cm /I Do")
    else:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.A, ToUnicode=bomb)
        pdf.pages[0].Resources = Dictionary(Font=Dictionary(F=font))
        pdf.pages[0].Contents = Stream(pdf, b"BT /F 12 Tf 50 50 Td (ab) Tj ET")


def paints_without_end(pdf: Pdf, chance: random.Random) -> None:
    """Millions of operators in a few kilobytes."""
    operators = [
        b"0 0 1 1 re f\n",
        b"q ",
        b"q Q ",
        b"0 0 m 9 9 l S ",
        b"BT (a) Tj ET ",
        b"/X BMC ",
        b"1 0 0 1 0 0 cm ",
    ]
    content = chance.choice(operators) * chance.choice([50_000, 400_000, 1_500_000])
    pdf.pages[0].Contents = Stream(pdf, content)


def holds_itself(pdf: Pdf, chance: random.Random) -> None:
    """Forms, patterns or glyphs that hold themselves, or one another many times over."""
    fan = chance.randint(1, 60)
    form = _form(pdf, b"0 0 1 1 re f")
    for _ in range(chance.randint(1, 40)):
        form = _form(pdf, b"/F Do " * fan, XObject=Dictionary(F=form))
    if chance.random() < 0.4:
        form.Resources.XObject.F = form
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(F=form))
    pdf.pages[0].Contents = Stream(pdf, b"/F Do " * chance.choice([1, 100]))


def tiles_without_end(pdf: Pdf, chance: random.Random) -> None:
    """A pattern whose tiles are too small to be seen."""
    step = 10.0 ** -chance.randint(0, 6)
    tile = Stream(pdf, b"0 0 1 1 re f")
    tile.PatternType = tile.PaintType = tile.TilingType = 1
    tile.BBox = Array([0, 0, 1, 1])
    tile.XStep, tile.YStep = step, step * chance.choice([1, 1000])
    tile.Resources = Dictionary()
    if chance.random() < 0.3:
        tile.Matrix = Array([step, 0, 0, step, 0, 0])
    pdf.pages[0].Resources = Dictionary(Pattern=Dictionary(P=pdf.make_indirect(tile)))
    pdf.pages[0].Contents = Stream(pdf, b"/Pattern cs /P scn 0 0 595 842 re f")


def has_pages_without_end(pdf: Pdf, chance: random.Random) -> None:
    """Thousands of pages, some of them one object."""
    page = pdf.pages[0]
    page.Contents = Stream(pdf, b"0 0 1 1 re f " * chance.choice([1, 3000]))
    for _ in range(chance.choice([300, 900, 3000, 12_000])):
        pdf.pages.append(page)


def has_trees_without_end(pdf: Pdf, chance: random.Random) -> None:
    """Names, bookmarks, pages' labels and tags that lead back to themselves, or are deep beyond use."""
    node = pdf.make_indirect(Dictionary(Kids=Array([]), Names=Array([pikepdf.String("a"), Dictionary()])))
    for _ in range(chance.randint(1, 4)):
        node.Kids.append(node)
    pdf.Root.Names = Dictionary(EmbeddedFiles=node, Dests=node)
    mark = pdf.make_indirect(Dictionary(Title=pikepdf.String("a")))
    mark.Next = mark.First = mark
    pdf.Root.Outlines = Dictionary(First=mark)
    kinds = [Name.P, Name.Table, Name.TR, Name.L, Name.LI, Name.Figure, Name.H3, Name.Own]
    element = pdf.make_indirect(Dictionary(S=chance.choice(kinds), K=Array([])))
    for _ in range(chance.choice([5, 150, 20_000])):
        element = pdf.make_indirect(Dictionary(S=chance.choice(kinds), K=element))
    if chance.random() < 0.5:
        element.K = Array([element] * 50)
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(K=element, RoleMap=Dictionary(Own=Name.Own)))
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def is_measured_without_end(pdf: Pdf, chance: random.Random) -> None:
    """Boxes, pictures and turns of sizes that nothing has."""
    size = 10 ** chance.randint(4, 12)
    for name in ("/MediaBox", "/TrimBox", "/BleedBox"):
        pdf.pages[0].obj[name] = Array([-size * chance.randint(0, 1), 0, size, size])
    pdf.pages[0].obj.UserUnit = chance.choice([1, 10**6])
    pdf.pages[0].obj.Rotate = chance.choice([0, 90, 10**9])
    picture = Stream(pdf, b"\0")
    picture.Subtype, picture.Width, picture.Height = Name.Image, size, size
    picture.BitsPerComponent, picture.ColorSpace = chance.choice([1, 8, 16, 64]), Name.DeviceRGB
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(I=pdf.make_indirect(picture)))
    pdf.pages[0].Contents = Stream(pdf, b"%d 0 0 %d 0 0 cm /I Do" % (size, size))


def has_fonts_without_end(pdf: Pdf, chance: random.Random) -> None:
    """Widths, maps and glyphs beyond number."""
    codes = chance.choice([10**5, 10**9])
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, W=Array([0, codes, 500] * chance.choice([1, 500]))
    )
    table = b"1 beginbfrange <0000> <%08X> <0041> endbfrange " % codes * chance.choice([1, 3000])
    wide = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.A, Encoding=Name("/Identity-H"))
    wide.DescendantFonts, wide.ToUnicode = Array([inner]), Stream(pdf, table)
    drawn = Dictionary(Type=Name.Font, Subtype=Name.Type3, FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]))
    drawn.FirstChar, drawn.Widths = 0, Array([500] * chance.choice([3, 50_000]))
    drawn.CharProcs = Dictionary(a=Stream(pdf, b"BT /D 12 Tf (a) Tj ET " * chance.choice([1, 2000])))
    drawn.Encoding = Dictionary(Differences=Array([97, Name.a]))
    drawn.FontBBox = Array([0, 0, 1000, 1000])
    fonts = Dictionary(F=pdf.make_indirect(wide), D=pdf.make_indirect(drawn))
    drawn.Resources = Dictionary(Font=fonts)
    pdf.pages[0].Resources = Dictionary(Font=fonts)
    pdf.pages[0].Contents = Stream(pdf, b"BT /F 12 Tf (abcd) Tj /D 12 Tf (a) Tj ET " * 100)


def shades_without_end(pdf: Pdf, chance: random.Random) -> None:
    """Gradients of functions within functions, or of samples beyond number."""
    function: Any = Stream(pdf, b"{ dup mul " + b"dup exch " * 5000 + b"}")
    function.FunctionType, function.Domain, function.Range = 4, Array([0, 1]), Array([0, 1])
    if chance.random() < 0.5:
        function = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=10**6)
        for _ in range(chance.choice([3, 60])):
            parts = Array([function] * 3)
            ends = Array([0, 1] * 3)
            function = Dictionary(
                FunctionType=3, Domain=Array([0, 1]), Functions=parts, Bounds=Array([0.3, 0.6]), Encode=ends
            )
            function = pdf.make_indirect(function)
    shading = Dictionary(
        ShadingType=chance.choice([1, 2, 3, 4, 7]), ColorSpace=Name.DeviceGray, Function=function
    )
    shading.Coords = Array([0, 0, 10**6, 10**6])
    pdf.pages[0].Resources = Dictionary(Shading=Dictionary(S=pdf.make_indirect(shading)))
    pdf.pages[0].Contents = Stream(pdf, b"/S sh " * chance.choice([1, 500]))


def has_things_without_end(pdf: Pdf, chance: random.Random) -> None:
    """A hundred thousand notes, names or colour spaces within one another."""
    count = chance.choice([1000, 100_000])
    note = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 1, 1])))
    note.A = Dictionary(S=Name.GoTo, D=pikepdf.String("a"), Next=note)
    pdf.pages[0].Annots = Array([note] * count)
    space: Any = Name.DeviceRGB
    for _ in range(chance.choice([2, 300])):
        space = pdf.make_indirect(Array([Name.Indexed, space, 255, pikepdf.String("x" * 768)]))
    pdf.pages[0].Resources = Dictionary(ColorSpace=Dictionary(C=space))
    pdf.pages[0].Contents = Stream(pdf, b"/C cs 1 scn 0 0 9 9 re f " * 1000)


def disordered(chance: random.Random, edition: Edition) -> bytes:
    """A sound file in which entries are of the wrong type, or lead elsewhere."""
    with pikepdf.open(io.BytesIO(sound(edition))) as pdf:
        things = [thing for thing in pdf.objects if isinstance(thing, (Dictionary, Array)) and len(thing)]
        for _ in range(chance.choice([1, 10, 60])):
            thing: Any = chance.choice(things)
            keys: list[Any] = list(range(len(thing)) if isinstance(thing, Array) else thing.keys())
            if keys:
                wrong = [
                    7,
                    -1,
                    10**12,
                    0.5,
                    Name.X,
                    pikepdf.String("s"),
                    Array([]),
                    *chance.sample(things, 5),
                ]
                thing[chance.choice(keys)] = chance.choice(wrong)
        target = io.BytesIO()
        try:
            pdf.save(target)
        except pikepdf.PikepdfError:
            return damaged(chance, edition)  # so much so that it cannot even be written
    return target.getvalue()


def damaged(chance: random.Random, edition: Edition) -> bytes:
    """A sound file with bytes changed, or cut short."""
    data = bytearray(sound(edition))
    for _ in range(chance.choice([1, 30, 3000])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.3:
        del data[chance.randrange(len(data)) :]
    return bytes(data)


def packs_its_objects(chance: random.Random, edition: Edition) -> bytes:
    """A file whose objects are packed, and unpack to hundreds of megabytes."""
    packed = _packed(chance.randint(100, 300), b"A")
    head = b"<</Type/ObjStm/N 1/First 4/Length %d/Filter/FlateDecode>> stream\n" % len(packed)
    return sound(edition) + b"\n9999 0 obj " + head + packed + b"\nendstream endobj\n"


OF_OBJECTS: Final[list[Callable[[Pdf, random.Random], None]]] = [
    unpacks_without_end,
    paints_without_end,
    holds_itself,
    tiles_without_end,
    has_pages_without_end,
    has_trees_without_end,
    is_measured_without_end,
    has_fonts_without_end,
    shades_without_end,
    has_things_without_end,
]
OF_BYTES: Final[list[Callable[[random.Random, Edition], bytes]]] = [disordered, damaged, packs_its_objects]
