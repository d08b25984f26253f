"""The address that a class types: how this computer is reached from other devices."""

import socket
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import request


@dataclass(frozen=True, kw_only=True)
class JoinAddress:
    """Where learners go. `alone`: only this computer reaches it; `instead` may be reached by others."""

    url: str
    alone: bool
    instead: str

    @property
    def short(self) -> str:
        """The address as one reads it from a board."""
        return self.url.split("//", 1)[-1]


def join_address(path: str) -> JoinAddress:
    """The address of a path on this server, as this teacher's browser reaches it."""
    root = request.host_url.rstrip("/")
    alone = _is_loopback(urlsplit(root).hostname or "")
    port = urlsplit(root).port
    here = _own_address() if alone else ""
    instead = f"{request.scheme}://{here}{f':{port}' if port else ''}" if here else ""
    return JoinAddress(url=root + path, alone=alone, instead=instead)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _own_address() -> str:
    """This computer's address in its network; empty without one. A UDP socket is set up, nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])
