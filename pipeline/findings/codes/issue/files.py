"""Finding codes of files, folders and issues: what is missing, doubled, or cannot be read or written."""

from __future__ import annotations

from typing import Final

from pipeline.findings.code import Code
from pipeline.findings.translatable import N_

FILE_CODES: Final[dict[str, Code]] = {
    "E01": Code(
        N_("there is no file “{name}”"),
        N_("correct the name, add the file, or take its name out here"),
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
    "E83": Code(
        N_("the file cannot be written: {problem}"),
        N_("choose a folder you may write to, free some space, or close the program that holds {name}"),
    ),
    "E84": Code(N_("another build is writing to “{name}”"), N_("wait until it has finished, or close it")),
    "E85": Code(
        N_("no publication was found in “{name}” or above it"),
        N_(
            "go into the folder that holds issues/publication.yaml, or name it with --workspace; "
            "“bulletin new” begins a publication in an empty folder"
        ),
    ),
    "E86": Code(N_("“{name}” exists already"), N_("choose another date with --date")),
    "E87": Code(N_("more than one issue fits “{wanted}”: {known}"), N_("name the one you mean by its date")),
    "E89": Code(N_("“{name}” cannot be read: {problem}"), N_("check who may read it, or add it again")),
    "E98": Code(N_("there is no issue yet"), N_("begin the first one with “bulletin new”")),
    "W02": Code(
        N_("the issue does not list the file “{name}”"),
        N_("list it in a section of issue.yaml, or move it elsewhere"),
    ),
    "W14": Code(
        N_("the folder “{name}” holds an issue, but its name is not a date"),
        N_("rename it as the issue is dated, as 2023-12-20"),
    ),
}
