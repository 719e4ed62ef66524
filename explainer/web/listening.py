"""Where the server listens and what it is called by; told without granian and without Django."""

import socket
import sys
from contextlib import suppress
from ipaddress import ip_address

THREADS = 64  # of all workers, well below the 100 connections PostgreSQL accepts by default


def server_line(host: str, port: int, workers: int) -> list[str]:
    """Give the command line of the production server."""
    return [sys.executable, "-m", "explainer.web.server", host, str(port), str(workers)]


def threads(workers: int) -> int:
    """Give how many requests one worker of so many answers at once."""
    return max(THREADS // workers, 1)


def why_taken(host: str, port: int) -> str:
    """Say why the server would not be able to listen; nothing if it will."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Without this a port would count as taken for a minute after a server stopped.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            return str(getattr(error, "strerror", None) or error)
    return ""


def is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def in_address(host: str) -> str:
    """Give a host as an address has it."""
    return f"[{host}]" if ":" in host else host
