"""From where a request comes: the address of the connection, or what a trusted proxy says."""

from __future__ import annotations

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
