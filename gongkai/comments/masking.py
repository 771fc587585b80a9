"""A contact made unreadable, yet not all alike: for lists."""

from __future__ import annotations

SHOWN_ENDS = 2
SHORTEST = 6  # of shorter texts nothing is left


def masked(contact: str) -> str:
    """13812345678 → 13*******78; zhang@example.cn → z****@example.cn; short ones vanish altogether."""
    name, at, domain = contact.strip().partition("@")
    if at:
        return f"{name[:1]}{'*' * max(len(name) - 1, 1)}@{domain}"
    if len(name) < SHORTEST:
        return "*" * len(name)
    return f"{name[:SHOWN_ENDS]}{'*' * (len(name) - 2 * SHOWN_ENDS)}{name[-SHOWN_ENDS:]}"
