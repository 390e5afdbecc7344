"""The words of the editor in the browser, from the catalogue."""

from __future__ import annotations

from typing import Final

from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say

_STRINGS: Final = {
    # toolbar
    "toolbar": N_("Formatting"),
    "listTools": N_("List"),
    "tableTools": N_("Table"),
    "undo": N_("Undo"),
    "redo": N_("Redo"),
    "bold": N_("Bold"),
    "italic": N_("Italic"),
    "code": N_("Set as code"),
    "link": N_("Link"),
    "heading2": N_("Heading"),
    "heading3": N_("Subheading"),
    "heading4": N_("Small heading"),
    "headingSign": N_("Aa"),
    "bulletList": N_("List with dashes"),
    "orderedList": N_("Numbered list"),
    "nest": N_("Nest deeper"),
    "unnest": N_("One level out"),
    "startAt": N_("Start at"),
    "quote": N_("Quotation"),
    "picture": N_("Picture"),
    "table": N_("Table of three columns"),
    "note": N_("Footnote"),
    "pageBreak": N_("New page"),
    "ornament": N_("Break in thought"),
    "codeBlock": N_("Block of code"),
    "findAndReplace": N_("Find and replace"),
    "spelling": N_("Next spelling mistake"),
    "typography": N_("Set quotes, dashes and spaces"),
    "nextFinding": N_("Next error or warning"),
    "rowAbove": N_("Row above"),
    "rowBelow": N_("Row below"),
    "columnBefore": N_("Column before"),
    "columnAfter": N_("Column after"),
    "rowGone": N_("Delete row"),
    "columnGone": N_("Delete column"),
    "tableGone": N_("Delete table"),
    "align_start": N_("Column flush left"),
    "align_centre": N_("Column centred"),
    "align_end": N_("Column flush right"),
    # where one is
    "text": N_("Text of the article"),
    "keysHint": N_(
        "Alt+F10: buttons; Esc, then Tab: out of the text; F7: spelling; F8: errors and warnings."
    ),
    "placeText": N_("Paragraph"),
    "placeList": N_("List item"),
    "placeNote": N_("Footnote; Enter goes back to the text"),
    "placeTable": N_("Table: row {row}, column {column}"),
    "source": N_("Text as it is written in the file"),
    "sourceHint": N_("The editor cannot show this passage. It stays as it is; you may change it here."),
    "notes": N_("Footnotes"),
    "noteNumber": N_("footnote {number}"),
    "backToText": N_("Back to the text"),
    # pictures
    "alternative": N_("What is to be seen?"),
    "alternativeHint": N_("For readers who cannot see the picture."),
    "caption": N_("Caption"),
    "credit": N_("Photographer or source"),
    "measure": N_("Width"),
    "measure_text": N_("As the text"),
    "measure_wide": N_("Wide"),
    "measure_margin": N_("In the margin"),
    "measure_bleed": N_("To the edges of the page"),
    "measure_half": N_("Half"),
    "measure_third": N_("A third"),
    "measure_pair": N_("One of a pair"),
    "measure_portrait": N_("Portrait"),
    "consent": N_("Consent of those shown"),
    "consent_unknown": N_("Not stated"),
    "consent_yes": N_("Given"),
    "consent_not-needed": N_("Not needed"),
    "consent_no": N_("Not given"),
    "figureMore": N_("Width: {measure}; consent: {consent}"),
    "setFocus": N_("Choose what stays when cropped"),
    "noFocus": N_("Crop about the centre"),
    "focusPoint": N_("Point that stays when the picture is cropped"),
    "focusAt": N_("{x} % from the left, {y} % from the top"),
    "focusNone": N_("none chosen"),
    "focusHow": N_("Click on the picture, or move the point by the arrow keys. Enter ends."),
    "choosePicture": N_("Choose the picture…"),
    "removePicture": N_("Remove"),
    "pictureRemoved": N_("The picture is removed."),
    "pictureAsked": N_("A picture belongs here. Choose its file."),
    "pictureComing": N_("The picture is being taken in…"),
    "pictureNotTaken": N_("The picture could not be taken in. Choose it again."),
    "pictureArrived": N_("{name} is in the issue."),
    "pictureFailed": N_("{name} could not be taken in. {reason}"),
    "picturesInserted": N_("Pictures inserted: {count}. Say what is to be seen."),
    "picturesAsked": N_("Pasted. Pictures to choose: {count}."),
    "noPictureHere": N_("No picture can stand in a footnote."),
    # links
    "linkAddress": N_("Address"),
    "linkHint": N_("A web or e-mail address, or the file of another article."),
    "linkWords": N_("Words"),
    "linkProblem": N_("Write a web or e-mail address without spaces."),
    "removeLink": N_("Remove the link"),
    "apply": N_("Apply"),
    "cancel": N_("Cancel"),
    "close": N_("Close"),
    # find and replace
    "findWords": N_("Find"),
    "replaceBy": N_("Replace with"),
    "findNext": N_("Next"),
    "findPrevious": N_("Previous"),
    "replaceOne": N_("Replace"),
    "replaceAll": N_("Replace all"),
    "sameCase": N_("Match case"),
    "foundAt": N_("{at} of {count}"),
    "foundCount": N_("Found: {count}"),
    "foundNone": N_("Nothing found"),
    "replacedAll": N_("Replaced: {count}"),
    # spelling and typography
    "suggestionsFor": N_("Suggestions for “{word}”"),
    "acceptWord": N_("It is right as it is"),
    "replacedBy": N_("Replaced by “{word}”"),
    "misspeltCount": N_("Words not in the dictionary: {count}"),
    "noMisspelt": N_("No spelling mistakes."),
    "typographySet": N_("Places set: {count}"),
    "typographyRight": N_("Quotes, dashes and spaces are right."),
    "typographyFailed": N_("The typography could not be set. Try again."),
    # findings
    "error": N_("Error:"),
    "warning": N_("Warning:"),
    "findingsError": N_("Errors and warnings here: {count}"),
    "findingsWarning": N_("Warnings here: {count}"),
    "mend": N_("Mend"),
    "acceptFinding": N_("Leave it as it is"),
    "explain": N_("Why?"),
    "mended": N_("Mended."),
    "accepted": N_("It stays as it is."),
    "notDone": N_("That did not work. {reason}"),
    "noFindings": N_("No errors and no warnings."),
}
"""By the key that the sources in `editor/source` ask for; names in braces are filled in there."""


def editor_strings(language: str) -> dict[str, str]:
    """Return every text of the editor by its key, and the language they are in as `language`.

    Args:
        language: `bg` or `en`.
    """
    return {key: say(text, language) for key, text in _STRINGS.items()} | {"language": language}
