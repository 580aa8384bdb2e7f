"""E-mail by the machine's own `sendmail`: used when there is an address and no SMTP server."""

import shutil
import subprocess
from collections.abc import Mapping

from pipelines.notify.channels import smtp
from pipelines.notify.event import NOTICES, Channel, ChannelError, Event
from pipelines.notify.mail import TO, message

_PLACES = "/usr/sbin:/usr/lib:/sbin"  # where it lies, though a user's PATH need not say so
_SECONDS = 20


def from_environment(environment: Mapping[str, str]) -> Channel | None:
    """The channel to QARCHIVE_NOTIFY_MAIL_TO, if that is set and no SMTP server is.

    Raises ChannelError when the machine has no sendmail.
    """
    if not environment.get(TO) or environment.get(smtp.SERVER):
        return None
    program = shutil.which("sendmail", path=f"{environment.get('PATH', '')}:{_PLACES}")
    if program is None:
        raise ChannelError(f"there is no sendmail on this machine: set {smtp.SERVER}")

    def channel(event: Event) -> None:
        if event.kind in NOTICES:
            mail = message(event, environment)
            subprocess.run(  # noqa: S603 -- recipients are read from the message, not from here
                [program, "-t", "-i"],
                input=mail.as_bytes(),
                capture_output=True,
                check=True,
                timeout=_SECONDS,
            )

    return channel
