"""A real mail server on this machine that can be told to behave badly."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import Enum
from typing import Any

from aiosmtpd.controller import Controller


class Behaviour(Enum):
    """What the server does with one message."""

    ACCEPT = "250 OK"
    REFUSE = "550 5.1.1 <dr.lee@clinic.test> is unknown here"
    GREYLIST = "451 4.7.1 <dr.lee@clinic.test> try again later"
    REFUSE_TEXT = "554 5.7.1 not this message"
    DROP = "the connection breaks before the server took the message"
    KEEP_AND_DROP = "the connection breaks after the server took the message, before it said so"
    SILENCE = "no answer comes"


class MailServer(Controller):
    """What arrived is in `received`. `behave` queues behaviours for the next messages; after them it accepts."""

    def __init__(self) -> None:
        super().__init__(self, hostname="127.0.0.1", port=0)
        self.received: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.next: deque[Behaviour] = deque()

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
        super()._trigger_server()

    def behave(self, *behaviours: Behaviour) -> None:
        self.next.extend(behaviours)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.next and self.next[0] in {Behaviour.REFUSE, Behaviour.GREYLIST}:
            return self.next.popleft().value
        envelope.rcpt_tos.append(address)
        return Behaviour.ACCEPT.value

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        behaviour = self.next.popleft() if self.next else Behaviour.ACCEPT
        if behaviour in {Behaviour.ACCEPT, Behaviour.KEEP_AND_DROP}:
            self.received.append(message_from_bytes(envelope.content, policy=policy.default))
            self.recipients += envelope.rcpt_tos
        if behaviour in {Behaviour.DROP, Behaviour.KEEP_AND_DROP}:
            server.transport.abort()
        if behaviour is Behaviour.SILENCE:
            await asyncio.sleep(60)
        return behaviour.value


@contextmanager
def mail_server(settings: Any) -> Iterator[MailServer]:
    """Runs while in use, and Django sends through it. `settings` is pytest-django's fixture."""
    server = MailServer()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = server.hostname, server.port, 5
    try:
        yield server
    finally:
        server.stop()
