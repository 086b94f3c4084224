"""Addresses of services: which may be asked, and which are this machine."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from review.errors import UsageError


def is_loopback(host: str) -> bool:
    """Whether a host name is this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def platform(name: str, endpoint: str, home: str) -> str:
    """What is reported as searched (PRISMA-S item 1): a mirror, which may hold less, is not passed off as the service."""
    return name if endpoint == home else f"{name}, answered by a mirror at {endpoint}"


def endpoint(given: str, home: str) -> str:
    """The address of a service, with a slash at its end; `home` where none is given.

    Raises UsageError for what is no address, for one with a password in it (it would be archived), and for plain
    http to another machine: what is asked there could be read and changed on the way.
    """
    if not given.strip():
        return home
    address = given.strip()
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if parts.scheme not in ("http", "https") or not host:
        raise UsageError(f"'{given}' is not an address of a service.", f"Such as {home}")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise UsageError("The address of a service holds no user, password or query.", f"Such as {home}")
    if parts.scheme == "http" and not is_loopback(host):
        raise UsageError(f"{address}: http is for services on this machine.", "Use https.")
    return address.rstrip("/") + "/"
