"""`mail/mail.yaml`: by which server the mail goes out, how fast, and where what comes back is read."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from pipeline.models.values.base import Frozen
from pipeline.models.values.strings import EmailAddress, FileFormat, WebAddress, WrittenLine


class Security(StrEnum):
    """How the connection is secured; there is no third way."""

    STARTTLS = "starttls"
    TLS = "tls"


USUAL_PORTS: Final = {Security.STARTTLS: 587, Security.TLS: 465}
"""RFC 6409 and RFC 8314."""

HostName = Annotated[
    str,
    StringConstraints(
        pattern=re.compile(r"^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$"), to_lower=True
    ),
]


class Server(Frozen):
    """The server that takes the mail.

    Args:
        host: Its name, which its certificate must bear.
        port: Where it listens; None for the usual one.
        security: How the connection is secured.
        user: Who we are to it, or None where it knows us otherwise.
        per_connection: Messages before the connection is made anew.
    """

    host: HostName
    port_given: int | None = Field(default=None, alias="port", ge=1, le=65535)
    security: Security = Security.STARTTLS
    user: WrittenLine | None = None
    per_connection: int = Field(default=100, ge=1, le=10_000)

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.port_given or USUAL_PORTS[self.security]


class Provider(StrEnum):
    """A provider whose limits are known."""

    GOOGLE_WORKSPACE = "google_workspace"
    GMAIL = "gmail"
    MICROSOFT_365 = "microsoft_365"


class Throttle(Frozen):
    """How fast messages go out.

    Args:
        provider: Whose limits hold, where none are given.
        per_minute: At most so many in any sixty seconds.
        per_day: At most so many in any twenty-four hours.
    """

    provider: Provider | None = None
    per_minute: int | None = Field(default=None, ge=1, le=100_000)
    per_day: int | None = Field(default=None, ge=1, le=10_000_000)


class Signature(Frozen):
    """How messages are signed where the provider does not do it (DKIM, RFC 6376).

    Args:
        domain: Whose signature it is.
        selector: Under which name the public key stands in DNS.
        key: The file of the private key, in the folder of the settings.
    """

    domain: HostName
    selector: HostName
    key: WrittenLine


class MailSettings(Frozen):
    """What the mail of a workspace goes by.

    Args:
        format: Of the file.
        server: Who takes the mail.
        throttle: How fast.
        members: The list of members, in the folder of the settings.
        unsubscribe: The address at which `bulletin mail unsubscribe --serve` is reached, or None.
        bounces: Where what cannot be delivered comes back; with `+` before the at sign each message has its
            own (VERP). None for the sender's address.
        signature: How messages are signed, or None.
    """

    format: FileFormat
    server: Server
    throttle: Throttle = Throttle()
    members: WrittenLine | None = None
    unsubscribe: WebAddress | None = None
    bounces: EmailAddress | None = None
    signature: Signature | None = None
