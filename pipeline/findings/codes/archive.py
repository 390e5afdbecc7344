"""Finding codes of the archive, with their English wording.

E92-E97 restoring, E20x filing, E21x verifying, E22x rebuilding, E23x the batch, E24x searching,
E25x the site.
"""

from __future__ import annotations

from typing import Final

from pipeline.findings.code import Code
from pipeline.findings.translatable import N_

ARCHIVE_CODES: Final[dict[str, Code]] = {
    # restoring
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
    "E96": Code(N_("the folder “{name}” is not empty"), N_("name another one with --to")),
    "E97": Code(
        N_("“{name}” unpacks to more than an issue can be"),
        N_("nothing was unpacked; ask for another copy of the file"),
    ),
    # filing
    "E178": Code(
        N_("“{found}” is a sample that came with the program, and no content"),
        N_("write your own, then file or send it again"),
        N_("write the name of your mail server under server: in mail/mail.yaml, in place of “{guess}”"),
    ),
    "E179": Code(
        N_("the house requires an answer whether those in the photographs agreed: {known}"),
        N_("write consent=yes, no or not-needed at each picture, and consent: under cover: in issue.yaml"),
    ),
    "E200": Code(
        N_("the issue is filed, and these files have changed since: {names}"),
        N_("to file it again, add to issue.yaml what was mended: correction: {{of: {last}, text: …}}"),
    ),
    "E201": Code(
        N_("the correction names filing {found}, but the last one of this issue is {last}"),
        N_("write of: {last}"),
    ),
    "E202": Code(
        N_("there is a correction, but the issue is not filed yet"), N_("file it first, without “correction”")
    ),
    "E204": Code(
        N_("“{name}” was withdrawn from the archive on {day}, and is not filed again"),
        N_("take it out of the issue; what was withdrawn and why stands in issues/withdrawn"),
    ),
    "E205": Code(
        N_("nothing filed is called “{found}”; filed are: {known}"),
        N_("name a picture or an article with its issue, as 2023-12-20/images/name.jpg"),
    ),
    "E206": Code(
        N_("filing {filing} cannot be made without what is to be withdrawn: {problem}"),
        N_("nothing was withdrawn; send us this message with the folder of the issue"),
    ),
    "E207": Code(
        N_("{count} filings are concerned now, not {confirmed}"),
        N_("look at the list once more, then add --confirm {count}"),
    ),
    "E203": Code(
        N_("the issue {wanted} is not filed; filed are: {known}"),
        N_("name one of these, or file it with “bulletin archive file”"),
    ),
    # verifying
    "E210": Code(
        N_("a file of filing {filing} is missing"), N_("bring it back from another copy of the archive")
    ),
    "E211": Code(
        N_("a file of filing {filing} is not as it was filed"),
        N_("bring it back from another copy of the archive"),
    ),
    "E212": Code(
        N_("the record of filing {filing} cannot be read: {problem}"),
        N_(
            "bring it back from another copy of the archive; if there is none, “bulletin archive repair” "
            "tells what can be done"
        ),
    ),
    "E213": Code(
        N_("filing {filing} follows {previous}, which is missing or not as it was then"),
        N_("bring {previous} back from another copy of the archive"),
    ),
    "E214": Code(
        N_("the index does not say of filing {filing} what its record says"),
        N_("bring the record or the index back from another copy of the archive"),
    ),
    "E215": Code(
        N_("filing {filing} holds a file that was not filed"), N_("take the file away; nothing needs it")
    ),
    "E216": Code(
        N_("the index is not as it was written"),
        N_("delete it; the next “bulletin archive file” writes it anew from the records"),
    ),
    "E221": Code(
        N_("{filing} is no filing that can be taken away; these cannot be read: {known}"),
        N_("name one of these, or see with “bulletin archive verify” what is wrong"),
    ),
    "E222": Code(
        N_("filing {filing} cannot be read, and {next} follows it: without it the archive would have a gap"),
        N_("bring filing {filing} back from another copy of the archive"),
    ),
    "E223": Code(
        N_("what was to be filed cannot be read back ({problem}); nothing was filed"),
        N_("see whether the disk is in order, then try again; if it stays so, it is a fault of the program"),
    ),
    "E217": Code(
        N_("the record of a withdrawal cannot be read: {problem}"),
        N_("bring it back from another copy of the archive"),
    ),
    "E218": Code(
        N_("at {filing} the chain of withdrawals is broken: a record is missing, or not as it was then"),
        N_("bring issues/withdrawn back from another copy of the archive"),
    ),
    # rebuilding
    "E220": Code(
        N_("a file of filing {filing} cannot be compared: {problem}"),
        N_("see with “bulletin archive verify” whether the archive is whole"),
    ),
    # the batch
    "E230": Code(
        N_("{name} could not be made: the process that worked on it was lost each time"),
        N_("see whether the machine has enough memory, then try it alone"),
    ),
    "E231": Code(
        N_("working on a cluster needs Dask, which is not installed"),
        N_("install it with: pip install 'bulletin-press[cluster]'"),
    ),
    "E232": Code(
        N_("no Dask scheduler answers at {address}"),
        N_("start one with “dask scheduler”, and name its address as tcp://machine:8786"),
    ),
    # the site
    "E250": Code(
        N_("the folder for the site holds what is of no site: {name}"),
        N_("name a folder that is empty or does not exist yet; nothing was changed"),
    ),
    "E251": Code(
        N_("“{found}” is no address a site can lie at"),
        N_("write it whole, as https://example.org/bulletin/"),
    ),
    "E252": Code(
        N_("nothing is filed yet, so there is nothing to show"),
        N_("file an issue with “bulletin archive file”"),
    ),
    "E253": Code(
        N_("filing {filing} carries pictures that tell where or with what they were taken: {known}"),
        N_("take it out with “bulletin archive withdraw --metadata”; the pictures stay as they are"),
    ),
    "W200": Code(
        N_("the index does not name filing {filing} yet: filing was cut short"),
        N_("the next “bulletin archive file” completes it"),
    ),
    "W201": Code(
        N_("filings {filing} and {other} both follow the same one: two archives were joined"),
        N_("nothing is lost; from now on file on one machine only, or bring the archive up to date first"),
    ),
    "W203": Code(
        N_("the withdrawal was cut short: not every file is in its place, or gone"),
        N_("the next “bulletin archive withdraw” or “bulletin archive file” completes it"),
    ),
    "W204": Code(
        N_("withdrawn on {day}: {known}; the reason: {reason}"),
        N_("nothing is broken: what went is named with its hash in this record"),
    ),
    "W202": Code(
        N_("a file that no filing needs: filing was cut short"),
        N_("the next “bulletin archive file” sweeps it up, or delete it"),
    ),
}
