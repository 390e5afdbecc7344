"""Finding codes of the text of articles: headings, lists, links, notes, tables, translations."""

from __future__ import annotations

from typing import Final

from pipeline.findings.code import Code
from pipeline.findings.translatable import N_

ARTICLE_CODES: Final[dict[str, Code]] = {
    "E40": Code(
        N_("the article does not begin with its fields between two lines “---”"),
        N_("begin the file with “---”, the fields, and “---” again"),
    ),
    "E41": Code(
        N_("HTML is not taken over: “{found}”"),
        N_("write it in Markdown, or put it between ` ` to show it as it stands"),
    ),
    "E42": Code(N_("the heading skips a level: {found} after {before}"), N_("use {wanted}")),
    "E43": Code(
        N_("a heading of the first level stands in the text"),
        N_("the title is the field “title”; use ## in the text"),
    ),
    "E44": Code(N_("the note “{label}” is called but not written"), N_("add a line “[^{label}]: …”")),
    "E45": Code(N_("the article has no text"), N_("write it below the second “---”")),
    "E46": Code(
        N_("a gallery holds 2 to 12 pictures; this one holds {count}"),
        N_("add or take out pictures, or make it two galleries"),
    ),
    "E47": Code(N_("this is nested too deeply"), N_("keep lists and quotes to {limit} levels")),
    "E48": Code(N_("the issue lists the article “{name}” twice"), N_("keep it in one section")),
    "E49": Code(
        N_("the section “{title}” is empty"), N_("list its articles under “articles:”, or delete the section")
    ),
    "E50": Code(
        N_("the link leads to “{target}”, which is nowhere in this issue"),
        N_("write a whole web address, mailto: and an address, or the file name of an article"),
        N_("perhaps “{guess}” is meant"),
    ),
    "E61": Code(
        N_("a picture stands within a line of text"),
        N_("put it in a paragraph of its own, with an empty line before and after"),
    ),
    "E62": Code(
        N_("a note holds more than one paragraph of text"),
        N_("keep the note to one paragraph, or move it into the text"),
    ),
    "E63": Code(
        N_("this looks like a picture or a link, but cannot be read as one: “{found}”"),
        N_(
            "write it without spaces between ] and (, and put a name with spaces in < >: "
            "![…](<my picture.jpg>)"
        ),
    ),
    "E64": Code(
        N_("the cells in this row of the table are {count}, those in its head {wanted}"),
        N_("take out what stands too much, or give the head another cell; write a bar within a cell as \\|"),
    ),
    "E65": Code(
        N_("a word has {length} letters: “{found}”"),
        N_("put spaces where they belong; at most {limit} letters may stand together"),
    ),
    "E91": Code(
        N_("the article “{name}” is not yet translated into “{language}”"), N_("add the file {wanted}")
    ),
    "W03": Code(
        N_("the note “{label}” is not called"), N_("call it in the text with [^{label}], or delete it")
    ),
    "W08": Code(N_("“{name}” is not translated into “{language}”"), N_("write {wanted}")),
    "W09": Code(N_("this paragraph is set as code by its indentation"), N_("take away the spaces in front")),
    "W173": Code(
        N_("“{found}” is printed as words, and no link leads there"), N_("write it whole, as {wanted}")
    ),
    "W177": Code(
        N_("“{found}” in a link is not “{wanted}”: its letters only look so, and it leads to another site"),
        N_("type the address anew in Latin letters, or copy it from the site itself"),
    ),
}
