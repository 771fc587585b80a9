"""Writes docs/roles.md: who may do what in which state, from the flows and the table of acts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.config.start import start

if TYPE_CHECKING:
    from gongkai.config.acts import Procedure

TARGET = Path(__file__).resolve().parent.parent.parent / "docs" / "roles.md"
HEAD = """# Who may do what

Written by `python -m gongkai.config.matrix` from the flows of the desks and `gongkai/config/acts.py`. The test
`tests/test_roles.py` tries every act by every role, in the organ itself, in the one above it, elsewhere, and about
oneself, in every state, through the real functions: nothing is possible that does not stand here, and all that stands
here is possible. A role counts on the days for which it is held; roles of one person add up; somebody who stands in for
a colleague has that colleague's role and still remains themselves.

● in one's own organ  △ in an organ under one's own  ○ about oneself
"""


def render() -> str:
    """The whole file as Markdown."""
    from gongkai.config.acts import PROCEDURES

    parts = [HEAD, *_roles()]
    for procedure in PROCEDURES:
        parts += _procedure(procedure)
    return "".join([*parts, *_acts()])


def _roles() -> Iterator[str]:
    from gongkai.records.roles import ADMINISTRATORS, Role

    yield "\n## Roles 角色\n\n| code | 中文 | |\n|---|---|---|\n"
    for role in Role:
        kind = "administers, and may hold no other role" if role.value in ADMINISTRATORS else "does business"
        yield f"| `{role.value}` | {role.label} | {kind} |\n"


def _procedure(procedure: Procedure) -> Iterator[str]:
    """A procedure: its moves in the cells of the states from which they lead."""
    from gongkai.config.acts import ABOVE, OWN
    from gongkai.records.roles import Role

    states = dict(procedure.states)
    moves = procedure.flow.moves
    yield f"\n## {procedure.title} ({procedure.room})\n\n| 步骤 | 角色 | {' | '.join(states.values())} | 依据 |\n"
    yield "|---" * (len(states) + 3) + "|\n"
    for move in moves:
        sign = "△" if procedure.places.get(move.role, OWN) == ABOVE else "●"
        cells = " | ".join(f"{sign} → {states[move.target]}" if state == move.source else "" for state in states)
        roles = "、".join(Role(role).label for role in move.roles)
        another = "（须另一人）" if move.separate_from else ""
        yield f"| {move.title} `{move.name}` | {roles}{another} | {cells} | {move.cite} |\n"


def _acts() -> Iterator[str]:
    from gongkai.config.acts import ABOVE, ACTS, OWN, PROCEDURES, SELF
    from gongkai.records.roles import Role

    words = {procedure.room: dict(procedure.states) for procedure in PROCEDURES}
    yield "\n## Other acts 其他办理\n\n| 办理 | 状态 | " + " | ".join(role.label for role in Role) + " |\n"
    yield "|---" * (len(Role) + 2) + "|\n"
    for act in ACTS:
        sign = ("●" if OWN in act.places else "") + ("△" if ABOVE in act.places else "")
        signs = sign + ("○" if SELF in act.places else "")
        cells = [(signs if role.value in act.roles else "") + ("○" if act.itself else "") for role in Role]
        states = "、".join(words[act.room][state] for state in act.states)
        yield f"| {act.title} `{act.room}.{act.name}` | {states} | {' | '.join(cells)} |\n"
    yield "\nOne's own password, second factor and other sessions are everybody's own, whatever the role.\n"


if __name__ == "__main__":
    start()
    TARGET.write_text(render(), encoding="utf-8")
    sys.stdout.write(f"{TARGET.name}\n")
