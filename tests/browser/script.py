"""What three people write in the peer-learning session: Anna in Polish, Ivan in Bulgarian, James in English."""

from __future__ import annotations

Sentences = tuple[str, ...]

SCRIPT: tuple[tuple[str, Sentences, Sentences, Sentences], ...] = (
    (
        "Co zapadło w pamięć",
        ("Mentoring nowych pracowników\nPismo urzędowe prostym językiem",),
        ("Обслужване на едно гише",),
        ("Mentoring of new staff\nA weekly stand-up across departments",),
    ),
    (
        "Istota praktyki",
        ("Mentoring: ktoś pyta, zanim poradzi", "Czas zapisany w grafiku", "W urzędzie w Gdyni", "Kto płaci za czas?"),
        ("Едно гише: гражданинът идва веднъж", "Обща база данни", "В община Пловдив", "Какво става при спор?"),
        ("Stand-up: ten minutes, no slides", "The head comes too", "At Riga city council", "Who keeps it alive?"),
    ),
    ("Co warto wypróbować", (), (), ()),
    ("Przerwa", (), (), ()),
    (
        "Jedna praktyka dla mojej instytucji",
        ("", "Od 1 lutego dwie mentorki i dwoje nowych w wydziale kadr, co środę po pół godziny."),
        ("", "Едно гише за строителни разрешения, две служителки, всеки вторник."),
        ("", "A ten-minute stand-up of planning and legal, every Monday for a month."),
    ),
    (
        "Warunki i przeszkody",
        ("Zgoda kierownictwa na czas mentorek", "Brak zastępstwa przy okienku", "Naczelniczka wydziału"),
        ("Обща информационна система", "Старите правилници", "Общинският съвет"),
        ("The two heads agree on one hour", "Everybody is busy on Mondays", "The chief executive"),
    ),
    ("Przeszkoda, nad którą pracujemy", (), (), ()),
    ("Przerwa", (), (), ()),
    (
        "Prawdziwe historie",
        ("2022, Gdynia", "Zamieniliśmy dyżury na dwa tygodnie", "Kolejki nie wzrosły", "Zmian bez zapowiedzi"),
        ("2021, Пловдив", "Събрахме двата отдела в една стая", "Срокът падна наполовина", "Да започна без обучение"),
        ("2023, Leeds", "We swapped one desk for a phone line", "Nobody complained", "Doing it in July"),
    ),
    (
        "Runda propozycji",
        ("Jutro poproszę o jeden dyżur zamienny na próbę.",),
        ("Бих започнал с един ден в седмицата.",),
        ("I would ask the two people at the desk first.",),
    ),
    (
        "Kto komu może pomóc",
        ("Wzór umowy mentorskiej", "Kontakt do kogoś, kto mierzy efekty"),
        ("Нашият регламент за едно гише", "Опит с електронни подписи"),
        ("Our stand-up checklist", "A partner city in Hungary"),
    ),
    (
        "Co się wydarzyło i co to znaczy",
        ("Mentoring potrzebuje czasu zapisanego w grafiku.", "Zapytać, zanim się poradzi."),
        ("Правилата могат да се променят.", "Да питам хората на гишето."),
        ("Small beats perfect.", "Swap before you ask for staff."),
    ),
    (
        "Co dalej",
        ("Rozmowa z naczelniczką w poniedziałek.", "Pierwsza para mentorska do 1 lutego."),
        ("Среща с кмета до края на месеца.", "Един пробен вторник."),
        ("Book the room for Monday.", "Ask legal to come."),
    ),
    (
        "Jedno zdanie na tablicę",
        ("Jedna godzina w tygodniu wystarczy, żeby ktoś nie został sam.",),
        ("Едно гише започва с един разговор.",),
        ("Ten minutes on Monday save an hour on Friday.",),
    ),
    (
        "Państwa opinia i dalsze kroki",
        ("Odwaga, żeby zacząć od małej próby.",),
        ("Повече въпроси, по-малко съвети.",),
        ("I know whom to call now.",),
    ),
)
"""Each step in its order: its Polish title, then a sentence for every field for words that each of the three has."""
