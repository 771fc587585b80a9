"""From where a request comes: the address of the connection, or what a trusted proxy says; and what counts as one."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The client's address, "" where unknown.

    GONGKAI_PROXIES says how many proxies of our own stand before us. Each adds an address at the end of the header;
    what stands further left anybody can have written, and does not count.
    """
    proxies = settings.GONGKAI_PROXIES
    if proxies:
        told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(told) >= proxies:
            return told[-proxies][:45]
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def agent_of(request: HttpRequest) -> str:
    """The browser as it names itself, cut short."""
    return request.headers.get("User-Agent", "")[:200]


def network_of(address: str) -> str:
    """What is counted as one address: of IPv6 the /64, of which one machine has all; "" where unknown."""
    read = _read(address)
    if read is None:
        return ""
    return str(ipaddress.ip_network((read, 64), strict=False)) if read.version == 6 else str(read)


def may_lock(address: str) -> bool:
    """Whether an address can be locked out. Not the machine's own: behind it may stand a proxy that hides everybody."""
    read = _read(address)
    return read is not None and not read.is_loopback


def _read(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return None
    # An IPv4 address as a dual-stack socket writes it; in IPv6 all of them would stand in one network.
    return getattr(read, "ipv4_mapped", None) or read
