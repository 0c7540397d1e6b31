"""A stream's connection, for events that go out without anybody waiting. It decides nothing."""

from __future__ import annotations

from aiohttp import HttpVersion11, web


class Connection:
    """Implements `web.opened.Pipe`, beside a response whose head has been sent and whose task waits."""

    def __init__(self, request: web.Request) -> None:
        self._transport = request.transport
        self._chunked = request.version >= HttpVersion11
        """As aiohttp sends what it is not told the length of (RFC 9112, 7.1)."""

    @property
    def free(self) -> bool:
        return self._transport is not None and self._transport.get_write_buffer_size() == 0

    def send(self, event: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(b"%x\r\n%b\r\n" % (len(event), event) if self._chunked else event)
