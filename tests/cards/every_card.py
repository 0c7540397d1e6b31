"""Cards of every view there is, in many states, as samples for those who look at cards. It judges none of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hypothesis import find, settings

from cards import draw, elements as el
from cards.prompts import PROMPT_CARDS
from locales import words
from tests.cards import (
    sample as s,
    test_board_page,
    test_console,
    test_editor_cards,
    test_forms,
    test_group_places,
    test_groups_cards,
    test_help,
    test_shared_cards,
    test_staff_cards,
)
from tests.cards.staging import HOSTILE, opened
from tests.cards.test_roles_card import led as with_roles
from tests.dialogs import test_group_consoles, test_themes
from tests.dialogs.talk import shown
from tests.workshop.test_every_kind import CASES
from workshop.model import Answer, Case, Consent, Status
from workshop.plan import as_written
from workshop.prompts import kind_of
from workshop.refusals import Problem, Reason, Refused, Wrong
from workshop.said import Said, Spoken
from workshop.tally import PromptBoard
from workshop.views import (
    AnswerForm,
    CaseForm,
    CasesCard,
    GroupConsole,
    GroupsCard,
    Help,
    JoinForm,
    Meant,
    PeopleForm,
    PracticesForm,
    PromptForm,
    Receipt,
    Recorded,
    Reminder,
    RolesForm,
    TableForm,
    ThemesForm,
    TimeCard,
    TranslateForm,
    View,
)

REFUSED = Refused(Reason.STALE, {"who": HOSTILE, "command": "open"})
IN_DIALOGS = ("Form", "Console", "Confirm", "Page", "Receipt")
"""How the names of views end that stand in dialogs."""


@dataclass(frozen=True)
class Sample:
    """One card. `name` says of what; `dialog`, whether it stands in one."""

    name: str
    card: dict[str, Any]
    dialog: bool


async def every_card(language: str) -> list[Sample]:
    """Every view in every state that tests draw, and every kind of prompt asked, refused, recorded and counted; each
    card that looks different once."""
    views = [(type(view).__name__, view) for view in (*_views(), *await _talked())]
    made = [Sample(name, draw(view, language), name.endswith(IN_DIALOGS)) for name, view in views]
    return _different([*made, *_kinds(language)])


def _views() -> Iterator[View]:
    yield from test_shared_cards.views()
    for status in (Status.OPEN, Status.CLOSED, Status.FINISHED):
        yield from test_board_page.every_page(s.board(s.workshop(status, 5), 3, True), True)
    for staged in test_console.STATES.values():
        for who in staged.workshop.people:
            yield test_console.view(staged, who, silent=(HOSTILE, "Cyd"), show_names=True, sentence=Spoken(Said.PAUSED))
    yield from test_editor_cards.views()
    yield from (*test_group_places.views(), *test_group_places.DIALOGS, *test_groups_cards.VIEWS)
    for sentence in (None, REFUSED, Spoken(Said.MODERATED)):
        yield from test_staff_cards.views(sentence)
    yield TranslateForm(s.workshop(Status.OPEN, 0), s.PRACTICES, ("e",), HOSTILE, {"en": HOSTILE}, {}, REFUSED)
    yield RolesForm(with_roles().w, (("ivan", "Ivan"), ("eve", HOSTILE)), ("ivan",), "2", REFUSED)
    yield from (Help(test_help.EVERY, opened().workshop), Help(("new", "help"), None, HOSTILE))
    yield from (Meant(verb, opened().workshop) for verb in ("new", "next", "help", "facilitator"))
    w, me = s.workshop(Status.OPEN, 0), s.person(0, challenge=s.CHALLENGE, institution=s.NOTE)
    prompts = test_forms.ALL
    wrong = tuple(Problem("practices", "", wrong, 9, 5) for wrong in Wrong)
    yield AnswerForm(w, s.place(0), me, tuple(test_forms.asked(prompt, None, *wrong) for prompt in prompts))
    yield AnswerForm(w, s.place(0), me, tuple(test_forms.asked(prompt) for prompt in prompts), True, REFUSED)
    yield Receipt(w, s.place(0), tuple(Recorded(p, w.items.get(p.id, ()), s.VALUES[p.id]) for p in prompts))
    yield JoinForm(w, me, 0, REFUSED)
    yield from (PeopleForm(w), PracticesForm(w), CasesCard(w), GroupsCard(w), Reminder(w), TimeCard(s.board(w), 0))
    for consent in Consent:
        case = Case("k0", as_written(s.NOTE), "t/p0", 0, consent)
        yield CaseForm(w, case, REFUSED)
    yield TableForm("d1", HOSTILE, (w,), "w1", ("utf-8", "central"), "utf-8", 2, ((HOSTILE, "b"), ("c", "d")))


async def _talked() -> list[View]:
    """Views that only a conversation leads to."""
    talk = await test_group_consoles.led()
    console = shown(await talk.turn("ola", "facilitate"), GroupConsole)
    noted = await test_themes.noted()
    plain = await test_themes.form(noted)
    return [console, plain, shown(await noted.turn("anna", "suggest_themes", of=test_themes.GOOD), ThemesForm)]


def _kinds(language: str) -> Iterator[Sample]:
    say = words(language)
    for case in CASES:
        prompt, kind, card = case.prompt, kind_of(case.prompt), PROMPT_CARDS[case.prompt.kind]
        given = find(
            case.given, lambda form, kind=kind, case=case: isinstance(kind.parse(case.prompt, case.items, form), dict),
            settings=settings(database=None, derandomize=True, max_examples=300, deadline=None),
        )  # fmt: skip
        value = kind.parse(prompt, case.items, given)
        assert isinstance(value, dict)
        problems = tuple(Problem(prompt.id, "", wrong, 9, 5) for wrong in Wrong)
        for form in ({}, given):
            for wrong in ((), problems):
                asked = card.inputs(PromptForm(prompt, case.items, form, wrong), say, "en")
                yield Sample(f"{case.name} asked", el.card([*asked], [], language), True)
        recorded = card.recorded(Recorded(prompt, case.items, value), say, "en")
        yield Sample(f"{case.name} recorded", el.card([*recorded], [], language), True)
        answers = [Answer(prompt.id, f"p{n}", value) for n in range(4)]
        result = kind.tally(prompt, case.items, answers, {}, frozenset())
        board = PromptBoard(prompt, case.items, 4, result)
        yield Sample(f"{case.name} counted", el.card([*card.result(board, say, "en", 20, 0)], [], language), False)


def _different(samples: list[Sample]) -> list[Sample]:
    """Those that look different from all before: other elements, or with other looks, or in other surroundings."""
    seen: set[object] = set()
    kept: list[Sample] = []
    names: set[str] = set()
    for sample in samples:
        looks = set(_looks(sample.card, f"{sample.dialog}"))
        if not looks <= seen or sample.name not in names:
            kept.append(sample)
            seen |= looks
            names.add(sample.name)
    return kept


LOOKS = ("type", "style", "color", "isSubtle", "weight", "size", "isRequired", "isMultiline", "isMultiSelect", "wrap")


def _looks(node: Any, within: str) -> Iterator[object]:
    if isinstance(node, list):
        for part in node:
            yield from _looks(part, within)
    elif isinstance(node, dict):
        yield within, *(node.get(name) for name in LOOKS), *node
        here = f"{within} {node['style']}" if node.get("type") == "Container" and node.get("style") else within
        for name, part in node.items():
            if name not in ("data", "msteams"):
                yield from _looks(part, here)
