"""What four people say in whole sessions: the short one and the long one, in English and in Polish. Data only."""

from __future__ import annotations

from tests.stories.script import Step

SHORT: dict[str, list[Step]] = {
    "en": [
        Step(
            "Good practices",
            given={
                "ivan": {"K1": "Mentoring of new staff\nOpen days"},
                "james": {"K1": "mentoring of new staff\nA shared calendar"},
                "liga": {"K1": "Checklists for handover"},
            },
            on_board=["3 answers"],
        ),
        Step(
            "What is worth trying",
            items=frozenset({"Open days", "A shared calendar", "Checklists for handover"}),
            dots={
                "ivan": {"A shared calendar": 2, "Open days": 1},
                "james": {"A shared calendar": 2, "Checklists for handover": 1},
                "liga": {"Checklists for handover": 2},
            },
            on_board=[
                "1. A shared calendar  4 dots · from 2 people",
                "2. Checklists for handover  3 dots · from 2 people",
                "3. Open days  1 dot · from 1 person",
            ],
        ),
        Step(
            "A first small step",
            items=frozenset({"A shared calendar", "Checklists for handover", "Open days"}),
            given={
                "ivan": {"A1": "A shared calendar", "A2": "One calendar for our two teams"},
                "james": {"A1": "A shared calendar", "A2": "Ask Maria first"},
                "liga": {"A1_own": "A walk together", "A2": "On Monday at nine"},
            },
            on_board=[
                "A shared calendar  2 votes · 67%",
                "A walk together (own words)  1 vote · 33%",
                "Open days  0 votes",
            ],
        ),
        Step(
            "Real stories",
            given={
                "ivan": {"E3_did": "We shared one folder", "E3_happened": "Nobody looked\nThen everybody did"},
                "liga": {"E3_did": "We wrote a list"},
            },
            on_board=["• Nobody looked — Иван Петров", "• We wrote a list — Līga Ozola"],
        ),
        Step("What and so what", given={"james": {"C1": "Others struggle too: I am not alone"}}),
        Step(
            "One sentence for the board",
            given={
                "ivan": {"C5": "I take home one calendar"},
                "james": {"C5": "I take home courage"},
                "liga": {"C5": "I take home a list"},
            },
            on_board=["• I take home courage — James Carter"],
        ),
    ],
    "pl": [
        Step(
            "Dobre praktyki",
            given={
                "ivan": {"K1": "Наставничество\nDni otwarte"},
                "james": {"K1": "Wspólny kalendarz"},
                "liga": {"K1": "Lista kontrolna\nDni otwarte"},
            },
        ),
        Step(
            "Co warto wypróbować",
            items=frozenset({"Наставничество", "Dni otwarte", "Wspólny kalendarz", "Lista kontrolna"}),
            dots={
                "ivan": {"Lista kontrolna": 2, "Dni otwarte": 1},
                "james": {"Lista kontrolna": 1, "Dni otwarte": 1},
                "liga": {"Наставничество": 1},
            },
            on_board=["1. Lista kontrolna", "2. Dni otwarte", "3. Наставничество"],
        ),
        Step(
            "Pierwszy mały krok",
            items=frozenset({"Lista kontrolna", "Dni otwarte", "Наставничество"}),
            given={
                "ivan": {"A1": "Lista kontrolna", "A2": "Jedna lista na próbę"},
                "james": {"A1_own": "Zażółć gęślą jaźń", "A2": "W poniedziałek"},
            },
        ),
        Step("Prawdziwe historie", given={"liga": {"E3_did": "Napisaliśmy listę", "E3_happened": "Działa do dziś"}}),
        Step("Co się wydarzyło i co to znaczy", given={"james": {"C1": "Inni też się zmagają"}}),
        Step(
            "Jedno zdanie na tablicę",
            given={"ivan": {"C5": "Zabieram listę"}, "james": {"C5": "Zabieram odwagę"}, "liga": {"C5": "Ņemu līdzi"}},
            on_board=["• Ņemu līdzi — Līga Ozola"],
        ),
    ],
}

LONG: dict[str, list[Step]] = {
    "en": [
        Step(
            "What stayed with us",
            given={
                "ivan": {"K1": "Job shadowing"},
                "james": {"K1": "Job shadowing\nPlain letters"},
                "liga": {"K1": "One-stop desk\nPlain letters\nPeer review"},
            },
            on_board=["• Job shadowing ×2", "• Plain letters ×2", "• Peer review"],
        ),
        Step(
            "The core of a practice",
            given={
                "ivan": {
                    "K2_what": "Two days beside a colleague",
                    "K2_works": "Trust",
                    "K2_where": "Riga",
                    "K3_unclear": "Who pays?",
                },
                "liga": {"K2_what": "One desk for all", "K3_unclear": "How did it begin?"},
            },
            on_board=["• Trust — Иван Петров", "• Who pays? — Иван Петров"],
        ),
        Step(
            "What is worth trying",
            items=frozenset({"Job shadowing", "Plain letters", "One-stop desk", "Peer review"}),
            dots={
                "ivan": {"Plain letters": 2, "Peer review": 1},
                "james": {"Plain letters": 2, "Job shadowing": 1},
                "liga": {"Job shadowing": 2},
            },
            on_board=["1. Plain letters  4 dots · from 2 people", "2. Job shadowing  3 dots · from 2 people"],
        ),
        Step("Break"),
        Step(
            "One practice for my institution",
            items=frozenset({"Plain letters", "Job shadowing", "Peer review"}),
            given={
                "ivan": {"A1": "Plain letters", "A2": "One letter, rewritten by two of us"},
                "james": {"A1_own": "Coffee with the citizens", "A2": "Every Friday"},
            },
            on_board=["Coffee with the citizens (own words)  1 vote"],
        ),
        Step(
            "Conditions and obstacles",
            given={
                "ivan": {"A4_must_have": "Time", "A5_obstacle": "The old template", "A5_who_removes": "The legal unit"},
                "liga": {"A4_must_have": "A willing director", "A5_obstacle": "Fear of mistakes"},
            },
        ),
        Step(
            "The obstacle to work on",
            items=frozenset({"The old template", "Fear of mistakes"}),
            dots={"ivan": {"Fear of mistakes": 1, "The old template": 1}, "liga": {"Fear of mistakes": 1}},
            on_board=["1. Fear of mistakes  2 dots · from 2 people", "2. The old template  1 dot · from 1 person"],
        ),
        Step("Break"),
        Step(
            "Real stories",
            given={
                "james": {
                    "E3_when_where": "2019, Leeds",
                    "E3_did": "We asked",
                    "E3_happened": "It helped",
                    "E3_not_again": "Waiting",
                }
            },
            on_board=["• 2019, Leeds — James Carter"],
        ),
        Step(
            "A round of suggestions", given={"ivan": {"E4": "Begin with one page"}, "liga": {"E4": "Ask the youngest"}}
        ),
        Step(
            "Who can help whom",
            given={"liga": {"E7_offer": "Templates in Latvian", "E7_ask": "A lawyer who writes plainly"}},
        ),
        Step("What, and so what", given={"ivan": {"C1": "We all have the same obstacle", "C2": "Start small"}}),
        Step(
            "Now what",
            given={"ivan": {"C3": "By 1 May I will rewrite one letter", "C4": "If they say no, then I will ask again"}},
            secret=True,
        ),
        Step(
            "One sentence for the board",
            given={
                "ivan": {"C5": "One page is a beginning"},
                "james": {"C5": "Ask early"},
                "liga": {"C5": "Mazs solis"},
            },
            on_board=["• Mazs solis — Līga Ozola"],
        ),
        Step(
            "Your opinion, and what follows",
            given={"james": {"C7": "4 – useful", "C7_again": "Yes", "C7_change": "A longer break"}},
            secret=True,
        ),
    ],
    "pl": [
        Step(
            "Co zapadło w pamięć",
            given={
                "ivan": {"K1": "Staż"},
                "james": {"K1": "Proste pisma"},
                "liga": {"K1": "Jedno okienko"},
            },
        ),
        Step(
            "Istota praktyki",
            given={
                "ivan": {
                    "K2_what": "Dwa dni obok",
                    "K2_works": "Zaufanie",
                    "K2_where": "Ryga",
                    "K3_unclear": "Kto płaci?",
                }
            },
        ),
        Step(
            "Co warto wypróbować",
            items=frozenset({"Staż", "Proste pisma", "Jedno okienko"}),
            dots={"ivan": {"Staż": 2}, "james": {"Staż": 1, "Proste pisma": 1}, "liga": {"Proste pisma": 1}},
            on_board=["1. Staż", "2. Proste pisma", "3. Jedno okienko"],
        ),
        Step("Przerwa"),
        Step(
            "Jedna praktyka dla mojej instytucji",
            items=frozenset({"Staż", "Proste pisma"}),
            given={"liga": {"A1": "Staż", "A2": "Dwa dni w maju"}},
        ),
        Step(
            "Warunki i przeszkody",
            given={"ivan": {"A4_must_have": "Czas", "A5_obstacle": "Stary wzór pisma", "A5_who_removes": "Prawnicy"}},
        ),
        Step(
            "Przeszkoda, nad którą pracujemy",
            items=frozenset({"Stary wzór pisma"}),
            dots={"liga": {"Stary wzór pisma": 1}},
        ),
        Step("Przerwa"),
        Step(
            "Prawdziwe historie",
            given={"james": {"E3_when_where": "2019, Łódź", "E3_did": "Zapytaliśmy", "E3_happened": "Pomogło"}},
        ),
        Step("Runda propozycji", given={"ivan": {"E4": "Zacząć od jednej strony"}}),
        Step("Kto komu może pomóc", given={"liga": {"E7_offer": "Wzory po łotewsku", "E7_ask": "Prawnik"}}),
        Step(
            "Co się wydarzyło i co to znaczy",
            given={"ivan": {"C1": "Przeszkoda jest wspólna", "C2": "Zacząć od małego"}},
        ),
        Step(
            "Co dalej",
            given={"ivan": {"C3": "Do 1 maja przepiszę pismo", "C4": "Jeżeli odmówią, zapytam znowu"}},
            secret=True,
        ),
        Step(
            "Jedno zdanie na tablicę", given={"ivan": {"C5": "Jedna strona to początek"}, "liga": {"C5": "Mazs solis"}}
        ),
        Step(
            "Państwa opinia i dalsze kroki",
            given={"james": {"C7": "4 – przydatna", "C7_again": "Tak", "C7_change": "Dłuższa przerwa"}},
            secret=True,
        ),
    ],
}
