"""The command `bulletin archive withdraw`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.context import DONE, CommandContext, workspace_of
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from pipeline.archive.filing_record import Filing
    from pipeline.archive.shelf import Shelf
    from pipeline.desk.archive.withdrawing import WithdrawalPlan

WITHDRAW: str = N_(
    "Take a picture or an article out of everything filed: sources, PDFs, mail, site and search. Its hash, "
    "the day and the reason stay. Without --confirm it only says what would be done."
)


def withdraw(
    ctx: typer.Context,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("PICTURE|ARTICLE"),
            help=N_("The file with its issue: 2023-12-20/images/name.jpg, or 2023-12-20/name.md."),
        ),
    ] = None,
    *,
    reason: Annotated[
        str, typer.Option(metavar=N_("WORDS"), help=N_("Why; it stays in the archive's record."))
    ] = "",
    confirm: Annotated[
        int | None,
        typer.Option("--confirm", metavar="N", help=N_("How many filings, as the command said before.")),
    ] = None,
    metadata: Annotated[
        bool,
        typer.Option(
            "--metadata",
            help=N_(
                "Not the pictures, only what their files tell besides: place, device, owner, thumbnails."
            ),
        ),
    ] = False,
) -> int:
    """Withdraw a picture or an article."""
    context: CommandContext = ctx.obj
    if (what is None) != metadata:
        raise typer.BadParameter(context.say(N_("name a picture or an article, or write --metadata")), ctx)
    if confirm is not None and not reason.strip():
        raise typer.BadParameter(context.say(N_("say why with --reason")), ctx)
    from pipeline.archive.shelf import Shelf  # noqa: PLC0415
    from pipeline.archive.withdrawal_record import METADATA  # noqa: PLC0415
    from pipeline.desk.archive.withdrawing import plan_withdrawal  # noqa: PLC0415
    from pipeline.desk.archive.withdrawing import withdraw as take_out  # noqa: PLC0415
    from pipeline.page.engine.faces import isolate_faces  # noqa: PLC0415

    isolate_faces()
    workspace = workspace_of(ctx)
    wanted = what or METADATA
    plan = plan_withdrawal(Shelf(workspace), wanted, context.today)
    _print_plan(context, plan)
    if confirm is None and plan.filings:
        text = N_("nothing was withdrawn; to do it, add: --reason “…” --confirm {count}")
        context.terminal.line(context.say(text, count=len(plan.filings)))
        return DONE
    with context.terminal.progress() as progress:
        done = take_out(workspace, wanted, reason.strip(), context.today, confirm or 0, progress)
    if done is None:
        context.terminal.line(context.say(N_("it is withdrawn already; nothing more to do")))
        return DONE
    text = N_("withdrawn; its record is issues/{name}/withdrawal.json")
    context.terminal.line(context.say(text, name=done.name))
    for line in (
        N_("make the site anew now: bulletin archive site --to …"),
        N_("mail that was sent stays where it was received"),
        N_("the issue's own folder, out/ and other copies (git, backups) still have it: delete it there"),
    ):
        context.terminal.line("  " + context.say(line))
    return DONE


def print_withdrawals(context: CommandContext, shelf: Shelf, filing: Filing) -> None:
    """Print what was withdrawn of a filing, a line each."""
    for each in shelf.withdrawals:
        if each.touches(filing.name):
            text = N_("    withdrawn on {day}: {what}")
            context.terminal.line(
                context.say(text, day=each.withdrawn.isoformat(), what=", ".join(each.what))
            )


def _print_plan(context: CommandContext, plan: WithdrawalPlan) -> None:
    for filing in plan.filings:
        paths = [path for path, stored in filing.sources.items() if stored.sha256 in plan.replaced]
        text = N_("{name}  no. {number}: {title}: files made anew: {files}; sources replaced:")
        context.terminal.line(
            context.say(
                text, name=filing.name, number=filing.number, title=filing.title, files=len(filing.files)
            )
        )
        for path in paths:
            context.terminal.line(f"    {path}")
