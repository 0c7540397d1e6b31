"""What the room has to know of a template before it plays it: how long it is, what its facilitator prepares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rehearsal.persona import voice

LONG, SHORT = "kolb-peer-learning-210", "kolb-taster-15"
SECOND = "kolb-second-cycle-60"
COMMITTED = {"commitments": "C3"}
ASKED = {"questions": "K3"}
PRACTICES = 5


@dataclass(frozen=True, slots=True)
class Agenda:
    """`answers`: to how many steps somebody answers, about, so that kills fall anywhere in the session; `group`: of how
    many people the groups are (0: there are none); `practices`: whether earlier sessions presented some; `leaves`: the
    questions whose outcome a second cycle begins with; `takes`: its steps (by number) that ask about them."""

    answers: int
    group: int = 0
    practices: bool = False
    leaves: Mapping[str, str] = field(default_factory=dict)
    takes: Mapping[str, str] = field(default_factory=dict)

    def presented(self, language: str) -> Sequence[str]:
        """The practices as rows of a table: title, country, whose."""
        if not self.practices:
            return ()
        pools = voice(language).pools
        rows = zip(pools["practices"], pools["institutions"], strict=False)
        return [f"{title[:120]}\t{pools['countries'][0]}\t{whose}" for title, whose in list(rows)[:PRACTICES]]


AGENDAS = {
    LONG: Agenda(18, group=6, practices=True, leaves={**COMMITTED, **ASKED}),
    SHORT: Agenda(6),
    "kolb-peer-learning-90": Agenda(15, group=6, practices=True, leaves=COMMITTED),
    "kolb-peer-learning-3-days": Agenda(18, group=6, practices=True, leaves={**COMMITTED, **ASKED}),
    SECOND: Agenda(9, takes={"0": "commitments", "2": "questions"}),
    "after-action-review": Agenda(10),
    "open-space-close": Agenda(6),
}


def agenda_of(template: str) -> Agenda:
    """What there is to know of a template; of one that the room does not know, as of the shortest."""
    return AGENDAS.get(template, AGENDAS[SHORT])
