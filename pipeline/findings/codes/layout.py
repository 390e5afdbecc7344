"""Finding codes of the layout, with their English wording: E19x stops a build, W19x does not."""

from __future__ import annotations

from typing import Final

from pipeline.findings.code import Code
from pipeline.findings.translatable import N_

LAYOUT_CODES: Final[dict[str, Code]] = {
    "E190": Code(N_("“{words}” lies over “{other}”; neither can be read"), N_("shorten one of the two")),
    "E191": Code(
        N_("“{words}” lies over the picture “{other}”"),
        N_("shorten the text, or choose a picture that is less high"),
    ),
    "E192": Code(
        N_("“{words}” runs {measure} mm over the edge of the page"),
        N_("shorten it, or put spaces or hyphens into its longest word"),
    ),
    "E193": Code(
        N_("the picture “{words}” runs {measure} mm over the edge of the page"),
        N_("cut the picture so that it is less high"),
    ),
    "W190": Code(
        N_("empty lines before “{words}”: {measure}"),
        N_("move the picture or table that stands there, or write more text before it"),
    ),
    "W191": Code(
        N_("the words of a line stand {measure} pt apart: “{words}”"),
        N_("reword the sentence, or shorten the long word after the line"),
    ),
    "W192": Code(
        N_("a line of a paragraph stands alone on the page: “{words}”"),
        N_("make the paragraph longer or shorter by a line"),
    ),
    "W193": Code(
        N_("“{words}” is {measure} mm wider than its column"),
        N_("shorten it, or write it with spaces or hyphens between its parts"),
    ),
    "W194": Code(
        N_("the heading “{words}” stands at the foot of the page, its text on the next"),
        N_("make the text before it longer or shorter by some lines"),
    ),
    "W195": Code(
        N_("the card with “{words}” stands on another page than its heading"),
        N_("make the text before it longer or shorter by some lines"),
    ),
    "W196": Code(
        N_("the caption “{words}” stands on another page than its picture"),
        N_("cut the picture so that it is less high, or shorten the caption"),
    ),
    "W197": Code(
        N_("the page ends early, as far as its pictures could be fitted (lines left empty: {lines})"),
        N_("write about {more} words more in “{title}”, or list fillers in publication.yaml"),
    ),
    "W198": Code(
        N_("lines too many, which stand on a page nearly empty: {lines}"),
        N_("shorten “{title}” by about {words} words"),
    ),
    "W199": Code(
        N_("“{words}” cannot be read whole on this page; only a draft is made so"),
        N_("shorten it, or what it lies over"),
    ),
    # the look
    "E440": Code(
        N_("“{found}” is not a colour"),
        N_('write its six digits in quotes, as main: "#1F3D2B"; the designer of the house knows them'),
    ),
    "E441": Code(
        N_("the colour “{name}” is lost: without quotes, all after “#” is a comment"),
        N_('write it in quotes, as {name}: "#1F3D2B", or delete the line'),
    ),
    "E442": Code(
        N_("“{found}” are not four inks"),
        N_("write the parts of cyan, magenta, yellow and black from 0 to 100, as [75, 40, 70, 60]"),
    ),
    "E443": Code(
        N_("the face of the text is missing"),
        N_("write the name of a pair, as “type: source-sofia”, or “text: …” with a folder below fonts/"),
    ),
    "E444": Code(N_("the style knows no role “{found}”"), N_("use one of: {choices}"), N_("write “{guess}”")),
    "E445": Code(
        N_("the role “{name}” of the style is not right: {part}"),
        N_('write {name} = {{ srgb = "#RRGGBB", cmyk = [0, 0, 0, 100] }}, or the name of another role'),
    ),
    "E446": Code(
        N_("“{name}” of the style cannot be read on “{ground}”: contrast {ratio}, and 4.5 is needed"),
        N_("correct one of the two colours in style.toml, or leave the role out: it is then derived"),
    ),
    "E447": Code(
        N_("there is no upright face in fonts/{found}"),
        N_("put its files (.ttf or .otf) into this folder, or write the name of a pair that is offered"),
    ),
    "E448": Code(
        N_("the face {name} cannot be used: {problem}"),
        N_("ask for files of one weight each whose licence lets them be embedded, or take this one away"),
    ),
    "E449": Code(
        N_("the face {name} lacks letters of the language “{language}”: {letters}"),
        N_("take another face or another version of it, or write the name of a pair that is offered"),
    ),
    "E450": Code(
        N_("“{found}” is no name for a style"),
        N_("use small Latin letters, digits and hyphens, as “our-style”"),
    ),
    "E451": Code(
        N_("there is a style “{name}” already"),
        N_("choose another name, or change the files in its folder below styles/"),
    ),
    "E452": Code(
        N_("no style can be built on “{name}”, which has no roles"),
        N_("build on a style of format 2, as bulletin/1"),
    ),
    "E453": Code(
        N_("the pages cannot be laid out by the sheets of the style: {problem}"),
        N_("undo the last change of its sheets: a length that no page has, or brackets too deep"),
    ),
    "E454": Code(
        N_("the style calls itself “{found}”, and its folder is that of “{wanted}”"),
        N_("write name and version in style.toml as the folders are called, or rename these"),
    ),
    "E455": Code(
        N_("the style cannot have the file “{name}”: {problem}"),
        N_("put a plain file into the folder of the style, or of its faces, and name it as it lies there"),
    ),
    "E456": Code(
        N_("a template of the style cannot be filled: {problem}"),
        N_("correct the template, or take the style from the program again"),
    ),
    "E457": Code(
        N_("“{found}” is no name of a further ink, or both inks have it"),
        N_("write the name as the print shop orders the ink, such as PANTONE 348 C"),
    ),
    "E458": Code(
        N_("the colour “{name}” cannot have an ink of its own: {problem}"),
        N_("give it other inks in “identity”, or leave it out of “spot”"),
    ),
    "E459": Code(
        N_("no page can be laid out by “{found}”"),
        N_("write a measure that a page has: it is 210 mm wide and 297 mm high"),
    ),
    "E460": Code(
        N_("“{found}” asks for pages that are not A4, upright"),
        N_("write “size: A4”, or delete the line: no other pages can be printed, folded or filed"),
    ),
    "E461": Code(
        N_("“{found}” leaves {left} mm of the page, and {least} mm are needed"),
        N_("make margin and padding of these pages smaller"),
    ),
    "E462": Code(
        N_("“{found}” has more than {most} parts once its variables are put in"),
        N_("write what it is to mean, without variables that repeat one another"),
    ),
    "E463": Code(
        N_("there is no face “{found}”; another one would take its place"),
        N_(
            "write the name of one that is there: {choices}; "
            "or put its files (.ttf or .otf) into fonts/{folder} and write “{name}”"
        ),
    ),
    "E464": Code(
        N_("“{found}” in the sheet has no effect: {problem}"),
        N_("correct its spelling, or delete it"),
    ),
    "E465": Code(
        N_("the brackets of this value stand more than {most} deep within one another"),
        N_("write it with fewer brackets"),
    ),
    "W441": Code(
        N_("the face {name} has no letterforms of its own for the language “{language}”"),
        N_("its letters come in Russian forms; a pair that is offered has the right ones"),
    ),
    "W442": Code(
        N_("the style {name} has colours and faces of its own; “identity” changes nothing in it"),
        N_("choose a style that takes them, or delete “identity”"),
    ),
    "W443": Code(
        N_("pages of the style {name} carry no QR codes; “qr” changes nothing in it"),
        N_("choose the style bulletin or one that builds on it, or delete “qr”"),
    ),
    "W444": Code(
        N_("the address has no room for a QR code, which would be {width} mm wide; {most} mm is the most"),
        N_("ask for a shorter address, or leave it: it is printed in full without a code"),
    ),
}
"""The wording of each code."""
