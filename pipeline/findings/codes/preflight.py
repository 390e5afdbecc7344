"""Finding codes of preflight, with their English wording: E1xx refuses the PDF, W1xx does not."""

from __future__ import annotations

from typing import Final

from pipeline.findings.code import Code
from pipeline.findings.translatable import N_

PREFLIGHT: Final[dict[str, Code]] = {
    # the file
    "E100": Code(
        N_("the file cannot be read as a PDF: {problem}"), N_("make the PDF again, or ask for another copy")
    ),
    "E101": Code(
        N_("the file is locked with a password; nobody could print or archive it"),
        N_("save it without a password"),
    ),
    "E102": Code(
        N_("the file does not say that it is {standard}; a program that asks for it will refuse it"),
        N_("export it anew as {standard}"),
    ),
    "E103": Code(
        N_("the file has no readable metadata (XMP); no standard can be claimed without it"),
        N_("export it anew as PDF/A or PDF/X"),
    ),
    "E104": Code(
        N_("the file has no title; readers and archives will show its file name"),
        N_("give it a title in the program it is made with"),
    ),
    "E105": Code(
        N_("{count} printing conditions (output intents) are named where there must be one"),
        N_("export it anew as PDF/X-4 with the profile of the paper"),
    ),
    "E106": Code(
        N_("the profile in the file is none for printing in four inks; the colours would be guessed"),
        N_("export it anew with the profile of the paper"),
    ),
    "E107": Code(
        N_("the file does not say whether its inks overlap (trapping); the print shop would have to ask"),
        N_("export it anew as PDF/X-4"),
    ),
    "E108": Code(N_("the file has no identifier (ID); copies cannot be told apart"), N_("save it anew")),
    "E109": Code(
        N_("the file would act when it is opened: {what}"),
        N_("export it without scripts, forms, sound and film"),
    ),
    # the sheet
    "E110": Code(
        N_("the page does not say where it is to be cut (no TrimBox)"),
        N_("export it anew with crop marks and bleed"),
    ),
    "E111": Code(
        N_("the page is {size} mm, and the bulletin {wanted}"),
        N_("set the page to {wanted} mm and export it anew"),
    ),
    "E112": Code(
        N_("the bleed is {given} mm instead of {wanted}; a cut a hair off would leave white edges"),
        N_("export it anew with {wanted} mm of bleed on all sides"),
    ),
    "E113": Code(
        N_("the boxes of the page do not lie one within the other (TrimBox, BleedBox, MediaBox)"),
        N_("export it anew with crop marks and bleed"),
    ),
    "E114": Code(
        N_("colour or a picture ends at the cut ({count}); a cut a hair off would leave a white edge"),
        N_("let it run 3 mm over the edge of the page"),
    ),
    "E115": Code(
        N_("text runs over the edge of the page and will be cut off ({count})"), N_("move it inwards")
    ),
    "E116": Code(
        N_("the content of the page cannot be followed: {problem}"),
        N_("make the PDF again, or ask for another copy"),
    ),
    "E117": Code(
        N_("a part of the file is broken: {problem}; every program will make something else of it"),
        N_("make the PDF again, or ask for another copy"),
    ),
    "E118": Code(
        N_("the file does not begin and end as {standard} asks; strict programs will refuse it"),
        N_("save it anew"),
    ),
    # colours and lines
    "E119": Code(
        N_(
            "colours ({space}, places: {count}) that look different on every screen: no profile tells of them"
        ),
        N_("export it anew as PDF/A with the profile sRGB"),
    ),
    "E120": Code(
        N_("colours of a screen ({space}, places: {count}); on paper they would come out by chance"),
        N_("set them in CMYK, or export it anew as PDF/X-4"),
    ),
    "E121": Code(
        N_("a picture in colours of a screen ({space}, {count}); on paper they would come out by chance"),
        N_("convert it to CMYK with the profile of the paper"),
    ),
    "E122": Code(
        N_("colours with a profile of their own ({space}, places: {count}); black text would get four inks"),
        N_("export it anew with colours converted to those of the paper"),
    ),
    "E123": Code(
        N_("too much ink on one spot: {ink} %, and the paper bears {limit} %; it would smear"),
        N_("lighten the darkest colours or pictures, or convert them with the profile of the paper"),
    ),
    "E124": Code(
        N_("white is set to overprint ({count}); on paper it will not be there at all"),
        N_("switch overprinting off for it"),
    ),
    "E125": Code(
        N_("a picture has {ppi} pixels per inch as set (poorest of {count}); on paper it would look coarse"),
        N_("use a larger picture, or set it smaller: 300 pixels per inch are best"),
    ),
    "E126": Code(
        N_("lines of {width} pt (thinnest of {count}); under 0.25 pt they would break up on paper"),
        N_("make them 0.25 pt or thicker"),
    ),
    "E127": Code(
        N_("a rule of preflight failed ({rule}: {problem}): a fault of this program, not of the file"),
        N_("send the file to those who make the program; all other rules have judged it"),
    ),
    "E128": Code(
        N_("the file asks for more than it may, and was not judged to its end: {problem}"),
        N_("make the PDF again with fewer or simpler things in it"),
    ),
    # type
    "E130": Code(
        N_("the font {name} is not within the file; others would see another face, or none"),
        N_("export it anew with all fonts embedded"),
    ),
    "E132": Code(
        N_("the letters of the font {name} have no meaning; they cannot be read aloud, searched or copied"),
        N_("export it anew with Unicode text, as PDF/A"),
    ),
    "E133": Code(
        N_("characters the face has no sign for ({count}); boxes stand in their place"),
        N_("use another character or another face"),
    ),
    "E134": Code(
        N_("letters of the font {name} have no meaning ({count}); they cannot be read aloud or searched"),
        N_("export it anew with Unicode text, as PDF/A"),
    ),
    # links
    "E140": Code(
        N_("links or notes lie on the page ({count}); on paper they do nothing, and PDF/X forbids them"),
        N_("export it anew without links and comments"),
    ),
    "E141": Code(N_("links that lead nowhere ({count})"), N_("correct where they lead, or take them out")),
    "E142": Code(
        N_("links that do not say where they lead ({count}); they cannot be read aloud"),
        N_("describe each link in the program it is made with"),
    ),
    "E143": Code(
        N_("bookmarks that lead nowhere ({count})"), N_("correct where they lead, or take them out")
    ),
    # reading aloud
    "E145": Code(
        N_("“{found}” is no language that a reader knows; it would be read aloud in the wrong one"),
        N_("name it as a standard has it: bg, en, pt-BR"),
    ),
    "E146": Code(
        N_("footnotes have no name of their own ({count}); nobody could go back from one to its place"),
        N_("export it anew as tagged PDF (PDF/UA)"),
    ),
    "E150": Code(
        N_("the file is not tagged; it cannot be read aloud in order"),
        N_("export it anew as tagged PDF (PDF/UA)"),
    ),
    "E151": Code(
        N_("the file does not say which language it is in; it would be read aloud in the wrong one"),
        N_("set the language of the document and export it anew"),
    ),
    "E152": Code(
        N_("readers will show the name of the file instead of its title"),
        N_("set the window to show the title of the document"),
    ),
    "E153": Code(
        N_("a picture has no alternative text; who cannot see it learns nothing of it"),
        N_("say in its alternative text what is to be seen"),
    ),
    "E154": Code(
        N_("the headings skip a level: {found} after {before}; who jumps from heading to heading is lost"),
        N_("use the levels in order"),
    ),
    "E155": Code(
        N_("the rows of a table have cells of different number; it cannot be read aloud by rows and columns"),
        N_("give every row as many cells"),
    ),
    "E156": Code(
        N_("things on the page that are neither tagged nor marked as decoration: {count}"),
        N_("export it anew as tagged PDF (PDF/UA)"),
    ),
    "E157": Code(
        N_("heads of a table do not say whether they stand over a column or before a row"),
        N_("mark them as heads of columns or rows"),
    ),
    "E158": Code(
        N_(
            "the tags are nested wrongly: {found} in {parent}; tables, lists and contents would be read amiss"
        ),
        N_("make the table, the list or the contents with the tools of the program, and export it anew"),
    ),
    "E159": Code(
        N_("the tag “{name}” stands for nothing that readers know: {role}"),
        N_("map it to a standard tag, as P, H1, Table or Figure"),
    ),
    # attached files and size
    "E160": Code(
        N_("files are attached that are no PDF/A ({count}, “{name}” first); PDF/A-2 does not allow them"),
        N_("save it without attachments"),
    ),
    "E161": Code(
        N_("attached files do not say what they are to the document ({count}, “{name}” first)"),
        N_("attach them anew, as PDF/A-3"),
    ),
    "E166": Code(
        N_("attached files belong to nothing in the document ({count}, “{name}” first)"),
        N_("attach them anew, as PDF/A-3"),
    ),
    "E170": Code(
        N_("the file has {size} MB; mail servers will not take more than {limit} MB"),
        N_("use fewer or smaller pictures"),
    ),
    # what does not refuse it
    "W103": Code(
        N_("the file has two titles: “{title}” and “{info}”; programs will show one or the other"),
        N_("save it anew with one title"),
    ),
    "W106": Code(
        N_("the file is made for “{found}”, and the paper asked for has “{wanted}”"),
        N_("ask the print shop which it wants, or export it anew"),
    ),
    "W110": Code(
        N_("the sheet does not begin at zero; some programs for imposition will shift it"),
        N_("export it anew"),
    ),
    "W111": Code(
        N_("the page is turned or scaled within the file"), N_("turn it in its program and export it anew")
    ),
    "W112": Code(N_("the page is empty"), N_("take it out, unless it is meant to be empty")),
    "W113": Code(
        N_("text stands nearer than {limit} mm to the edge ({count}); a cut a hair off would touch it"),
        N_("move it inwards"),
    ),
    "W120": Code(
        N_("a further ink is named: {name} (places: {count}); the print shop will ask what it is to cost"),
        N_("convert it to CMYK, unless it is ordered"),
    ),
    "W121": Code(
        N_("black text does not overprint ({count}); a press a hair out of register leaves white edges"),
        N_("set black text to overprint"),
    ),
    "W122": Code(
        N_("small black text is made of several inks ({count}); its edges will be coloured"),
        N_("set it in black alone: 0 0 0 100"),
    ),
    "W123": Code(
        N_("transparency ({ways}; places: {count}); an old press will print it in another way"),
        N_("flatten it, or ask the print shop"),
    ),
    "W124": Code(
        N_("a picture has {ppi} pixels per inch as set (poorest of {count}); on paper it will be a bit soft"),
        N_("use a larger picture: 300 pixels per inch are best"),
    ),
    "W125": Code(
        N_("a picture has {ppi} pixels per inch as set (poorest of {count}); enlarged it will be soft"),
        N_("use a larger picture: 150 pixels per inch are best"),
    ),
    "W126": Code(
        N_("pictures with 16 bits for each colour ({count}); a plate shows eight, and some shops refuse"),
        N_("save them with 8 bits for each colour"),
    ),
    "W131": Code(
        N_("the font {name} is made of drawings (Type 3); it prints coarsely and cannot be searched"),
        N_("use another font"),
    ),
    "W157": Code(N_("a table has no heads; its cells are read aloud without meaning"), N_("mark its heads")),
    "W160": Code(
        N_("nothing is attached: the file cannot be made again from itself"),
        N_("build the archive edition with this program"),
    ),
    "W170": Code(
        N_("the file has {size} MB; some mailboxes refuse more than {limit} MB"),
        N_("use fewer or smaller pictures"),
    ),
}
