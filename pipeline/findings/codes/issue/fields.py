"""Finding codes of fields: the form of YAML, and the values that a field can have."""

from __future__ import annotations

from typing import Final

from pipeline.findings.code import Code
from pipeline.findings.translatable import N_

FIELD_CODES: Final[dict[str, Code]] = {
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
    "E88": Code(
        N_("the sections of the translation are {count}, those of the issue {wanted}"),
        N_("give each section its texts, in the same order"),
    ),
    "E90": Code(
        N_("this publication has no issues in “{found}”"),
        N_("add it under “languages:” in publication.yaml, or write one of: {choices}"),
        N_("write “{guess}”, or add the language under “languages:” in publication.yaml"),
    ),
    "W01": Code(
        N_("the project names a programme but no funder"), N_("add “funder: …” with one of: {choices}")
    ),
    "W172": Code(
        N_("“{found}” is a sample text of “bulletin new”"),
        N_("write your own; with a sample in it the issue cannot be filed and sent"),
    ),
}
