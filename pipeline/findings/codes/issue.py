"""Finding codes of reading, checking and laying out an issue, with their English wording."""

from __future__ import annotations

from typing import Final

from pipeline.findings.codes.code import Code
from pipeline.findings.translatable import N_

ISSUE_CODES: Final[dict[str, Code]] = {
    # files
    "E01": Code(
        N_("there is no file “{name}”"),
        N_("correct the name or add the file"),
        N_("perhaps “{guess}” is meant"),
    ),
    "E02": Code(N_("the file is not UTF-8 text (byte {offset})"), N_("save it again as UTF-8")),
    "E03": Code(N_("the file is too large: {size}"), N_("keep it under {limit}")),
    "E04": Code(
        N_("“{name}” lies outside the folder of the issue"),
        N_("copy the file into the folder of the issue and name it without “/” in front or “..”"),
    ),
    "E05": Code(
        N_("the file holds a control character ({character})"), N_("delete it, or type the line again")
    ),
    "E06": Code(
        N_("the folder is named “{folder}”, but the issue is dated {date}"),
        N_("rename the folder to “{date}” or correct the date"),
    ),
    "E07": Code(
        N_("number {number} of {year} is already taken by “{other}”"),
        N_("give this issue the next free number"),
    ),
    "E08": Code(N_("“{name}” is not a file"), N_("name a file, not a folder")),
    "E09": Code(
        N_("no issue fits “{wanted}”"),
        N_("name its folder, its date or its number; there are: {known}"),
    ),
    # the form of YAML
    "E10": Code(
        N_("this cannot be read as YAML: {problem}"),
        N_("look at the line above and at the quotes, colons and dashes"),
        N_('put the value in quotes: "{guess}"'),
    ),
    "E11": Code(
        N_("a tab or a no-break space stands where spaces are wanted"),
        N_("delete it and type plain spaces in its place (spaces: {count})"),
    ),
    "E12": Code(N_("unknown field “{name}”"), N_("delete it, or use one of: {known}"), N_("write “{guess}”")),
    "E13": Code(N_("the field “{name}” is missing"), N_("add a line “{name}: …”")),
    "E14": Code(
        N_("the field “{name}” is written twice"), N_("keep one of the two; the first is on line {line}")
    ),
    "E15": Code(N_("{wanted} is wanted here"), N_("see how the example in the guide writes “{name}”")),
    "E16": Code(
        N_("the field “{name}” is empty"),
        N_("write a value after the colon, or delete the field"),
        N_("write a value after the colon; the field “{guess}” may not be left out"),
    ),
    "E17": Code(N_("a colon within the value breaks the line"), N_('put the value in quotes: {name}: "…"')),
    "E18": Code(
        N_("“{mark}” at the beginning of a value is an instruction of YAML, and none is used here"),
        N_("put the whole value in quotes"),
    ),
    "E19": Code(N_("the lines are nested too deeply"), N_("keep to the fields of the guide")),
    # values
    "E20": Code(
        N_("“{found}” is not a date"),
        N_("write a day that is in the calendar, as 2023-12-20 or 20.12.2023"),
        N_("write “{guess}”"),
    ),
    "E21": Code(
        N_("“{found}” is not an amount of money"), N_("write the amount and the currency, as 294500 EUR")
    ),
    "E22": Code(
        N_("“{found}” is not a country's code"),
        N_("write the two letters that ISO 3166 gives the country, as BG for Bulgaria or ES for Spain"),
        N_("write “{guess}”"),
    ),
    "E23": Code(
        N_("“{found}” is not a currency's code"),
        N_("write three Latin letters, as EUR"),
        N_("write “{guess}”"),
    ),
    "E24": Code(N_("“{found}” is not a number that fits here"), N_("write a whole number {range}")),
    "E25": Code(N_("the text is too long: {length} characters"), N_("shorten it to {limit}")),
    "E26": Code(
        N_("“{found}” is not among the choices"), N_("write one of: {choices}"), N_("write “{guess}”")
    ),
    "E27": Code(N_("the share is larger than the whole budget"), N_("check both amounts")),
    "E28": Code(N_("the end lies before the start"), N_("check both dates")),
    "E29": Code(
        N_("two currencies in one budget: {first} and {second}"), N_("give both amounts in one currency")
    ),
    "E30": Code(
        N_("file format {found} is not known to this version"),
        N_("write “format: 1”, or install a newer version"),
    ),
    "E31": Code(N_("“{found}” is not an e-mail address"), N_("write it as name@example.org")),
    "E32": Code(
        N_("“{found}” is not a web address"),
        N_("write it whole, as https://example.org/"),
        N_("write “{guess}”"),
    ),
    "E33": Code(
        N_("“{found}” is not a valid ISSN"),
        N_("compare it with the letter of the ISSN centre: the last digit checks the others"),
    ),
    "E34": Code(
        N_("the funder “{found}” is not in publication.yaml"),
        N_("add it under “funders:”, or use one that is there: {choices}"),
        N_("write “{guess}”"),
    ),
    "E35": Code(N_("the language “{found}” is not known"), N_("write a code as bg or en")),
    "E36": Code(N_("there is no style “{found}”"), N_("use one of: {choices}")),
    "E37": Code(N_("the translation into “{language}” is missing"), N_("add “{language}: …”")),
    "E38": Code(N_("“{found}” is named twice"), N_("delete one of the two")),
    "E39": Code(
        N_("fewer countries are counted than are named ({named})"), N_("correct the count or delete it")
    ),
    # articles
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
    # pictures
    "E51": Code(
        N_("the picture has no alternative text"),
        N_("say between [ ] what is to be seen, for those who cannot see it"),
    ),
    "E52": Code(
        N_("the alternative text is the caption again"),
        N_("say what is to be seen; the caption says what it means"),
    ),
    "E53": Code(N_("the picture has no credit"), N_('add {{credit="…"}} after it')),
    "E54": Code(N_("the picture lies on the web: “{name}”"), N_("save it into the folder of the issue")),
    "E55": Code(
        N_("the picture “{name}” cannot be read: {problem}"),
        N_("open it in a picture program and save it again as JPEG or PNG"),
    ),
    "E56": Code(
        N_("the picture “{name}” has {pixels} million pixels"), N_("bring it down to {limit} million")
    ),
    "E57": Code(
        N_("someone in the picture did not agree to be shown"),
        N_("use another picture, or ask again and write consent=yes"),
    ),
    "E58": Code(
        N_("pictures of this kind are not printed: “{name}”"), N_("use JPEG, PNG, WebP, TIFF or SVG")
    ),
    "E59": Code(
        N_("“{found}” means nothing on a picture"),
        N_('use .wide, .margin, credit="…", consent=yes'),
        N_("write “{guess}”"),
    ),
    "E60": Code(
        N_("the drawing “{name}” holds {what}"),
        N_("save it as plain SVG, without scripts, styles from elsewhere or linked pictures"),
    ),
    "E167": Code(
        N_("“{name}” is not built as such files are, so place and device cannot be taken out of it"),
        N_("open it in a picture program and save it again as JPEG or PNG"),
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
    "E66": Code(
        N_("the drawing “{name}” has the colour {found}, and no inks are known for it"),
        N_(
            "use a colour of the style ({choices}), black, white or a grey; for a logo, ask for it in four "
            "inks and name it as logo_cmyk"
        ),
    ),
    "E67": Code(
        N_("the drawing “{name}” holds {what}, which cannot be printed in ink"),
        N_("save it with plain colours, or as a picture of 300 pixels per inch"),
    ),
    "E68": Code(
        N_("the picture “{name}” is too coarse for paper: {ppi} pixels per inch"),
        N_(
            "use a larger picture, {wanted} pixels across, set it narrower, or make the other editions "
            "alone with --edition"
        ),
    ),
    "E162": Code(
        N_("the drawing “{name}” has lines of {width} pt as set; under {limit} pt they break up on paper"),
        N_("make its lines thicker in a drawing program, or set it wider"),
    ),
    "E163": Code(
        N_("the note has {length} characters; a note of more than {limit} has no room on a page"),
        N_("shorten it, or move it into the text"),
    ),
    "E164": Code(
        N_("the text has {length} characters; the first page has room for {limit} at this place"),
        N_("shorten it to {limit}"),
    ),
    # the page
    "E70": Code(
        N_("the faces have no sign for “{character}” ({name})"),
        N_("use another character, or put a font that has it into the folder fonts/ beside issues/"),
    ),
    "E71": Code(
        N_("the file of the style is not right: {problem}"),
        N_("correct style.toml, or take the style from the program again"),
    ),
    "E72": Code(
        N_("the file “{name}” is refused; it lies in {folder}, and nothing else was written"),
        N_("mend what is named above, or make the other editions alone with --edition"),
    ),
    "E73": Code(
        N_("for uncoated paper no profile is named"),
        N_("ask the print shop for the ICC profile of its paper, and name it: profile: its-name.icc"),
    ),
    "E74": Code(
        N_("“{name}” is not an ICC profile for printing in four inks"),
        N_("ask the print shop for the profile of its paper, a file .icc for CMYK"),
    ),
    # the press
    "E80": Code(N_("the press reports: {record}"), N_("please send us this message with the issue's folder")),
    "E81": Code(N_("a file outside the issue was asked for: {name}"), N_("take out what asks for it")),
    "E82": Code(
        N_("faces of the machine are visible to the press"), N_("start it with the command “bulletin”")
    ),
    "E83": Code(
        N_("the file cannot be written: {problem}"),
        N_("choose a folder you may write to, free some space, or close the program that holds {name}"),
    ),
    "E84": Code(N_("another build is writing to “{name}”"), N_("wait until it has finished, or close it")),
    "E85": Code(
        N_("no publication was found in “{name}” or above it"),
        N_("go into the folder that holds issues/publication.yaml, or name it with --workspace"),
    ),
    "E86": Code(N_("“{name}” exists already"), N_("choose another date with --date")),
    "E87": Code(N_("more than one issue fits “{wanted}”: {known}"), N_("name the one you mean by its date")),
    "E88": Code(
        N_("the sections of the translation are {count}, those of the issue {wanted}"),
        N_("give each section its texts, in the same order"),
    ),
    "E89": Code(N_("“{name}” cannot be read: {problem}"), N_("check who may read it, or add it again")),
    # warnings
    # languages
    "E90": Code(
        N_("this publication has no issues in “{found}”"),
        N_("add it under “languages:” in publication.yaml, or write one of: {choices}"),
        N_("write “{guess}”, or add the language under “languages:” in publication.yaml"),
    ),
    "E91": Code(
        N_("the article “{name}” is not yet translated into “{language}”"), N_("add the file {wanted}")
    ),
    # the archive
    "E92": Code(
        N_("the file carries no workspace of this program: {problem}"),
        N_("name an archive edition, as bulletin-2023-12-20-archive.pdf"),
    ),
    "E93": Code(
        N_("the path of the attached file “{name}” leads outside, or is not the same on every machine"),
        N_("nothing was unpacked; ask for another copy of the file"),
    ),
    "E94": Code(
        N_("the attached file “{name}” is not the one the issue was made from"),
        N_("nothing was unpacked; ask for another copy of the file"),
    ),
    "E95": Code(
        N_("the attached file “{name}” is missing, or was added later"),
        N_("nothing was unpacked; ask for another copy of the file"),
    ),
    "E98": Code(N_("there is no issue yet"), N_("begin the first one with “bulletin new”")),
    "E96": Code(N_("the folder “{name}” is not empty"), N_("name another one with --to")),
    "E97": Code(
        N_("“{name}” unpacks to more than an issue can be"),
        N_("nothing was unpacked; ask for another copy of the file"),
    ),
    "E99": Code(
        N_("there is no face for {what}: {count} characters of it in this file, from “{found}” on"),
        N_(
            "put a font that has them (.ttf or .otf, of one weight) into the folder fonts/ beside issues/; "
            "Noto has one for every script"
        ),
    ),
    "W01": Code(
        N_("the project names a programme but no funder"), N_("add “funder: …” with one of: {choices}")
    ),
    "W02": Code(
        N_("the issue does not list the file “{name}”"),
        N_("list it in a section of issue.yaml, or move it elsewhere"),
    ),
    "W03": Code(
        N_("the note “{label}” is not called"), N_("call it in the text with [^{label}], or delete it")
    ),
    "W04": Code(
        N_("the picture “{name}” prints at {ppi} pixels per inch"),
        N_("use a larger picture: {wanted} pixels across or more"),
    ),
    "W05": Code(
        N_("the last page is nearly empty (lines: {lines})"),
        N_("shorten the text (lines: {lines}), or fill the page (lines: {fill})"),
    ),
    "W06": Code(
        N_("the page ends early (lines left empty: {lines})"), N_("move a picture, or break a paragraph")
    ),
    "W07": Code(
        N_("the labels of the page are not translated into “{language}”"), N_("they will be in English")
    ),
    "W08": Code(N_("“{name}” is not translated into “{language}”"), N_("write {wanted}")),
    "W09": Code(N_("this paragraph is set as code by its indentation"), N_("take away the spaces in front")),
    "W10": Code(N_("the alternative text says nothing: “{found}”"), N_("say what is to be seen")),
    "W11": Code(N_("hyphenation for “{language}” is not known"), N_("words will not be divided")),
    "W12": Code(
        N_("the picture “{name}” will be soft on paper: {ppi} pixels per inch"),
        N_("use a larger picture: {wanted} pixels across"),
    ),
    "W14": Code(
        N_("the folder “{name}” holds an issue, but its name is not a date"),
        N_("rename it as the issue is dated, as 2023-12-20"),
    ),
    "W171": Code(
        N_("the font “{name}” cannot be used: {problem}"),
        N_("put another file of that face there: .ttf or .otf, of one weight, with a licence for embedding"),
    ),
    "W172": Code(
        N_("“{found}” is a sample text of “bulletin new”"),
        N_("write your own; with a sample in it the issue cannot be filed and sent"),
    ),
    "W175": Code(
        N_("files of pictures tell more than they show ({what}): {known}"),
        N_(
            "“bulletin check --fix” takes it out, and the pictures stay as they are; nothing published has it"
        ),
    ),
    "W176": Code(
        N_("whether those in the photographs agreed to be shown is not answered: {known}"),
        N_("write consent=yes, no or not-needed at each picture, and consent: under cover: in issue.yaml"),
    ),
    "W174": Code(
        N_("the table is wider than the page: its words are divided at any letter, without a hyphen"),
        N_("make two tables of it, or shorten the longest words of its columns"),
    ),
    "W177": Code(
        N_("“{found}” in a link is not “{wanted}”: its letters only look so, and it leads to another site"),
        N_("type the address anew in Latin letters, or copy it from the site itself"),
    ),
    "W173": Code(
        N_("“{found}” is printed as words, and no link leads there"), N_("write it whole, as {wanted}")
    ),
    "W13": Code(
        N_(
            "the pages of the booklet are {over} more than a multiple of four; pages added for notes: {blank}"
        ),
        N_("fill further pages ({more}), or keep the pages for notes"),
        N_("shorten the text to {guess} pages, or fill {more}"),
    ),
}
