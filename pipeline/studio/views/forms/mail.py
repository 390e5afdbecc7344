"""The settings of the mail, as fields."""

from __future__ import annotations

from typing import Final

from pipeline.findings.translatable import N_
from pipeline.studio.views.forms.fields import Field
from pipeline.studio.views.forms.settings import Group

MAIL: Final = (
    Group(
        N_("The server that takes your mail"),
        (
            Field(
                "server.host",
                N_("Name of the server"),
                hint=N_("As your provider gives it for sending (SMTP), such as smtp.gmail.com."),
                required=True,
            ),
            Field(
                "server.security",
                N_("How the connection is secured"),
                "choice",
                choices=(
                    ("", N_("not said: STARTTLS")),
                    ("starttls", N_("STARTTLS, port 587")),
                    ("tls", N_("TLS from the start, port 465")),
                ),
            ),
            Field(
                "server.port", N_("Port, where the provider gives another"), hint=N_("Usually left empty.")
            ),
            Field("server.user", N_("User name at the server")),
        ),
        N_("Ask your provider, or whoever looks after the computers. It must be a secured one."),
    ),
    Group(
        N_("How fast it may go"),
        (
            Field(
                "throttle.provider",
                N_("Provider whose limits are known"),
                "choice",
                choices=(
                    ("", N_("none of these")),
                    ("google_workspace", "Google Workspace"),
                    ("gmail", "Gmail"),
                    ("microsoft_365", "Microsoft 365"),
                ),
            ),
            Field("throttle.per_minute", N_("Letters in a minute, at most"), "number"),
            Field("throttle.per_day", N_("Letters in a day, at most"), "number"),
        ),
    ),
    Group(
        N_("What comes back"),
        (
            Field(
                "bounces",
                N_("Where letters come back that cannot be delivered"),
                "email",
                N_("Left empty, they come back to the address of the sender."),
            ),
            Field(
                "unsubscribe",
                N_("Page on which members unsubscribe"),
                "url",
                N_("Left empty, the link in the letter writes you a mail."),
            ),
        ),
    ),
)
