"""The address a server listens on, taken before anything slow begins."""

from __future__ import annotations

import errno
import socket
import sys
from typing import Final

from hub.errors import HubError

_UNSENT: Final = 64 * 1024
"""Of what a client does not take, so much is the system's to keep; it would keep megabytes of every
connection, and the hub would not know that they are still to be taken."""


class PortTakenError(HubError):
    """Another program listens there."""

    code = "PORT_TAKEN"
    vi = "Cổng {port} đang có chương trình khác dùng: hãy dừng nó hoặc đặt PORT sang số khác."
    en = "Port {port} is taken by another program: stop that or set PORT to another number."


class PortUnusableError(HubError):
    """The address cannot be listened on."""

    code = "PORT_UNUSABLE"
    vi = "Không mở được {host} cổng {port} ({reason}): hãy đặt lại HUB_HOST hoặc PORT."
    en = "{host} port {port} cannot be opened ({reason}): set HUB_HOST or PORT anew."


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on *host* and *port*; 0 takes any free port.

    It listens from now on: nobody else can take the port, and who comes early waits for an answer.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTakenError(port=port) from error
        reason = (error.strerror or "").partition(" (while attempting")[0]
        raise PortUnusableError(host=host, port=port, reason=reason) from error
    if sys.platform == "linux":
        # Every connection that it accepts has it from it.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT)
    return listener


def url_of(listener: socket.socket) -> str:
    """Return the address at which a browser on this machine finds *listener*."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
