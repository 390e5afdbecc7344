"""Finding codes of the pages: style, faces and profile, room on them, and the layout engine."""

from __future__ import annotations

from typing import Final

from pipeline.findings.code import Code
from pipeline.findings.translatable import N_

PAGE_CODES: Final[dict[str, Code]] = {
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
    "E80": Code(N_("the press reports: {record}"), N_("please send us this message with the issue's folder")),
    "E81": Code(N_("a file outside the issue was asked for: {name}"), N_("take out what asks for it")),
    "E82": Code(
        N_("faces of the machine are visible to the press"), N_("start it with the command “bulletin”")
    ),
    "E99": Code(
        N_("there is no face for {what}: {count} characters of it in this file, from “{found}” on"),
        N_(
            "put a font that has them (.ttf or .otf, of one weight) into the folder fonts/ beside issues/; "
            "Noto has one for every script"
        ),
    ),
    "E163": Code(
        N_("the note has {length} characters; a note of more than {limit} has no room on a page"),
        N_("shorten it, or move it into the text"),
    ),
    "E164": Code(
        N_("the text has {length} characters; the first page has room for {limit} at this place"),
        N_("shorten it to {limit}"),
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
    "W11": Code(N_("hyphenation for “{language}” is not known"), N_("words will not be divided")),
    "W13": Code(
        N_(
            "the pages of the booklet are {over} more than a multiple of four; pages added for notes: {blank}"
        ),
        N_("fill further pages ({more}), or keep the pages for notes"),
        N_("shorten the text to {guess} pages, or fill {more}"),
    ),
    "W171": Code(
        N_("the font “{name}” cannot be used: {problem}"),
        N_("put another file of that face there: .ttf or .otf, of one weight, with a licence for embedding"),
    ),
    "W174": Code(
        N_("the table is wider than the page: its words are divided at any letter, without a hyphen"),
        N_("make two tables of it, or shorten the longest words of its columns"),
    ),
}
