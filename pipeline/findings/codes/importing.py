"""Finding codes of importing texts, with their English wording.

E50x and E51x refuse a file; W50x name what of a file could not be placed, so that nothing is lost silently.
"""

from __future__ import annotations

from typing import Final

from pipeline.findings.code import Code
from pipeline.findings.translatable import N_

_BY_HAND: Final = N_("if it belongs into the issue, copy it by hand; the file you gave is unchanged")

IMPORT_CODES: Final[dict[str, Code]] = {
    "E500": Code(
        N_("“{name}” cannot be read as {kind}: {problem}"),
        N_("open it in the program it was made with, save it again, and import the new file"),
    ),
    "E501": Code(
        N_("files like “{name}” cannot be imported"),
        N_(
            "save it as .docx, .odt, .md, .txt, .html or .eml; a table as .xlsx or .csv; pictures as .jpg or "
            ".png"
        ),
    ),
    "E502": Code(
        N_("“{name}” unpacks to more than a text can be: {size}"),
        N_("do not open it; ask whoever sent it for another copy"),
    ),
    "E503": Code(
        N_("the XML of “{name}” is not as Word writes it: {problem}"),
        N_("do not trust it; open it in Word, save it again, and import the new file"),
    ),
    "E504": Code(N_("there is nothing to import in “{name}”"), N_("name the files with the texts")),
    "E505": Code(
        N_("“{name}” is an older Word file, or is protected by a password"),
        N_("open it in Word and save it as .docx, without a password"),
    ),
    "E506": Code(
        N_("“{name}” is too large: {size}"),
        N_("keep it under {limit}; make its pictures smaller, or part it"),
    ),
    "E507": Code(
        N_("“{name}” is read through LibreOffice, which is not installed"),
        N_("install it ({command}), or open the file, save it as .docx, a table as .xlsx, and import that"),
    ),
    "E508": Code(
        N_("LibreOffice could not convert “{name}”: {problem}"),
        N_("open it in the program it was made with, save it as .docx, a table as .xlsx, and import that"),
    ),
    "E509": Code(
        N_("“{name}” is a packed folder, which is not opened"),
        N_("unpack it (right-click, “Extract”), and name the folder that comes out of it"),
    ),
    "E510": Code(
        N_("“{name}” holds pages to look at, not a running text"),
        N_(
            "ask for the file it was made from; or open a PDF in Word and save it as .docx, copy the words "
            "of slides into a .docx, save a file of Pages as Word or of Numbers as Excel; compare the result "
            "with it"
        ),
    ),
    "E511": Code(
        N_("“{name}” is mail in the form of one program"),
        N_(
            "open it in that program and save the letter as .eml; Outlook saves it as .html, and its "
            "attachments by themselves; of winmail.dat, ask the sender to send again as HTML or plain text"
        ),
    ),
    "W500": Code(N_("not placed, from “{name}”: “{found}”"), _BY_HAND),
    "W501": Code(
        N_("not placed, from “{name}”: words that somebody deleted with changes tracked: “{found}”"),
        N_("nothing, if they were meant to go; otherwise reject the change in Word and import again"),
    ),
    "W502": Code(N_("not placed, from “{name}”: a remark: “{found}”"), N_("settle it with its author")),
    "W503": Code(
        N_("“{name}” holds macros; they were not run and not taken over"),
        N_("nothing needs to be done; ask its sender why, if you did not expect any"),
    ),
    "W504": Code(
        N_("not placed, from “{name}”: the picture “{picture}”, which no page can show ({kind})"),
        N_("save it as JPEG or PNG, of at most 80 megapixels, and import it again"),
    ),
    "W505": Code(
        N_("not placed, from “{name}”: a picture that lies on the web and was not fetched: {found}"),
        N_("if you may use it, save it into the issue's folder images/"),
    ),
    "W506": Code(
        N_("not placed, from “{name}”: what stands in the page's head or foot: “{found}”"), _BY_HAND
    ),
    "W507": Code(
        N_(
            "not placed, from “{name}”: the link of “{found}”, for it leads nowhere a reader can go: {target}"
        ),
        N_("give the words a web address, if they need one"),
    ),
    "W508": Code(
        N_("“{name}” has a table with merged cells, which were parted: “{found}”"),
        N_("see whether the table still says what it should"),
    ),
    "W509": Code(
        N_("the picture “{found}” lies in the folder of the issue and stands in no text yet"),
        N_("put this line where it belongs, and say what is to be seen: {line}"),
    ),
    "W510": Code(N_("not placed, from “{name}”: the file “{found}” is not read"), _BY_HAND),
    "W511": Code(
        N_("here you and “{name}” changed the same words; yours were kept"),
        N_("what came stands beside them in a remark: choose, and take the remark out"),
    ),
    "W512": Code(
        N_("not placed, from “{name}”: “{found}”, for the publication says otherwise: “{wanted}”"),
        N_("correct publication.yaml, if it is out of date"),
    ),
    "W513": Code(
        N_("“{name}” seems to be written in “{found}”, and the issue is in “{wanted}”"),
        N_("put the translation into the article, or list the text in a translation of the issue"),
    ),
    "W514": Code(
        N_("“{name}” asks for a file from elsewhere, which was not fetched: {found}"),
        N_("nothing needs to be done, unless something is missing"),
    ),
    "W515": Code(
        N_("not placed, from “{name}”: something that is no text: {found}"),
        N_("save it as a picture, if the issue needs it"),
    ),
    "W516": Code(
        N_("not placed, from “{name}”: the article “{found}”, which you took out of the issue"),
        N_("nothing, if it is to stay out; otherwise add its file again"),
    ),
    "W517": Code(
        N_("“{found}” no longer comes with “{name}”; it was left as it is"),
        N_("take it out of issue.yaml, if it is not wanted any more"),
    ),
    "W520": Code(
        N_(
            "“{name}” is said to be in {declared}, in which it makes no sense; it was read as {charset}: "
            "“{found}”"
        ),
        N_("see whether all letters are right; if not, ask its sender for the text as a Word file"),
    ),
    "W521": Code(
        N_("“{name}” does not say how its letters are written; it was read as {charset}: “{found}”"),
        N_("see whether all letters are right; if not, ask its sender for the text as a Word file"),
    ),
    "W522": Code(
        N_(
            "“{name}” came with letters that were destroyed on the way (lines: {count}): “{found}”; what may "
            "be meant: “{wanted}”"
        ),
        N_("correct the words in the draft; ask its sender for the text again where they cannot be told"),
    ),
    "W523": Code(
        N_("not placed, from “{name}”: hidden words: “{found}”"),
        N_("nothing, if nobody is to read them; otherwise copy them by hand"),
    ),
    "W524": Code(
        N_("not placed, from “{name}”: words that are struck out: “{found}”"),
        N_("nothing, if they no longer hold; otherwise copy them by hand"),
    ),
    "W525": Code(
        N_("not placed, from “{name}”: a sign that no typeface here has: {found}"),
        N_("see in the file what it shows, and say it in words"),
    ),
    "W526": Code(
        N_("the picture “{picture}” in “{name}” shows only a part of itself, and came whole"),
        N_("cut it in a picture program, or leave it out; what was cut away may not be meant for readers"),
    ),
    "W527": Code(
        N_("a list in “{name}” counts in a way that is not known; it was numbered with figures: “{found}”"),
        N_("see in the file what is printed there, and correct the number"),
    ),
    "W528": Code(
        N_("not placed, from “{name}”: the part “{found}” ({size}), which is not read"),
        N_("open the file in Word and see whether something is missing in the draft"),
    ),
    "W529": Code(
        N_("“{name}” came with {size}, and not a word or a picture of it could be read"),
        N_("open it and see what it holds; ask its sender for it as a Word file"),
    ),
    "W530": Code(
        N_("not placed, from “{name}”: lines about the mailing itself: “{found}”"),
        N_("nothing: their links belong to whoever was sent the letter"),
    ),
    "W531": Code(
        N_("not placed, from “{name}”: the prompt of a field that nobody filled in: “{found}”"),
        N_("ask its sender what belongs there, and write it by hand"),
    ),
    "W532": Code(
        N_("“{name}” has a day that counts itself, and became that of today: “{found}”"),
        N_("see in the file which day was meant, and write it by hand"),
    ),
    "W533": Code(
        N_("the picture “{picture}” in “{name}” has pages or frames ({count}); the first alone is shown"),
        N_("if the others belong to the issue, save each as a picture of its own, and import them"),
    ),
    "W540": Code(
        N_("not placed, from “{name}”: the picture {found}, which lies outside of what you named"),
        N_("if it belongs to the text, name the folder that holds both in the command, and import again"),
    ),
    "W541": Code(
        N_("not placed, from “{name}”: a sign of {size} pixels, too small for a figure: “{found}”"),
        N_("nothing, if it only decorates; otherwise put a larger picture into the text by hand"),
    ),
    "W542": Code(
        N_("not placed, from “{name}”: the picture {found}, for there is no such file beside the text"),
        N_("put the picture where the text names it, and import again"),
    ),
    "W543": Code(
        N_("not placed, from “{name}”: an earlier letter that is quoted (words: {count}): “{found}”"),
        _BY_HAND,
    ),
    "W544": Code(N_("not placed, from “{name}”: a signature: “{found}”"), _BY_HAND),
    "W545": Code(
        N_("a part of “{name}” could not be read, and the others were: {found} ({problem})"),
        N_("ask its sender for it in another form, if the issue needs it"),
    ),
    "W546": Code(
        N_("the plain text of “{name}” says something else than its page; not placed: “{found}”"),
        N_("see which of the two was meant; if the issue needs this one, copy it by hand"),
    ),
    "W547": Code(
        N_("“{name}” gives the time of an event in another zone: {found}; the draft says {time}"),
        N_("see whether that is the time at the place of the event, and correct it in the article"),
    ),
    "W548": Code(
        N_("“{name}” calls off an event: “{found}”"),
        N_("nothing was imported of it; take the event out of the issue, if it is there"),
    ),
    "W549": Code(N_("not placed, from “{name}”: the heading of a letter sent on: “{found}”"), _BY_HAND),
    "W550": Code(
        N_("“{picture}” from “{name}” is in {kind}, which no page can show; one in {made} was made of it"),
        N_("nothing needs to be done; the file you gave is unchanged"),
    ),
    "W551": Code(
        N_("“{name}” was read through LibreOffice as a file of Publisher, which has not been proven"),
        N_("compare the draft with the file; better, ask for the text as .docx and for the pictures"),
    ),
}
