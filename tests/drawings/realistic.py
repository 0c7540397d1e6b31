"""Summaries as sessions of public administrations would give them, in Polish and Bulgarian: for pictures to look at."""

from __future__ import annotations

from functools import partial

from drawings.summary import Sentence, StageSummary, SummaryView, Words
from locales import words

_POLISH = (
    "Zacznę od rozmowy z ludźmi, których ta zmiana dotyczy.",
    "Mierzyć jedną rzecz, ale co tydzień.",
    "Najwięcej nauczyłam się z tego, co innym się nie udało, i właśnie o to "
    "będę teraz pytać w każdej instytucji, z którą współpracujemy.",
    "Mały pilotaż w jednym wydziale jest wart więcej niż duży plan w szufladzie.",
    "Nie kopiuję całej praktyki: biorę jej rdzeń i sprawdzam go u siebie przez 30 dni.",
    "Mentor w pierwszym miesiącu pracy to nie koszt, tylko oszczędność.",
    "Wracam z nazwiskami trzech osób, do których mogę zadzwonić.",
    "Prosty język zaczyna się od decyzji, którą podpisuję ja, a nie od szkolenia.",
    "Dyrektor musi usłyszeć o tym ode mnie, zanim usłyszy od innych.",
    "Wiedza odchodzącego pracownika jest warta dwóch godzin rozmowy i jednej strony zapisu.",
    "Zapytam związki zawodowe przed napisaniem projektu, nie po.",
    "To nie brak pieniędzy nas zatrzymuje, tylko brak jednej osoby odpowiedzialnej.",
    "Raz w miesiącu jedna godzina na to, czego nauczyła nas skarga obywatela.",
    "Zabieram ze sobą pytanie: kto może usunąć tę przeszkodę?",
    "Rozmowa roczna bez ocen cząstkowych: spróbujemy w dwóch zespołach.",
    "Inne kraje mają te same kłopoty i odwagę, żeby o nich mówić.",
    "Najpierw procedura przejścia razem z mieszkańcem, potem formularz elektroniczny.",
    "Praktyka bez opiekuna umiera po zmianie kierownictwa.",
    "Krótka notatka po każdym projekcie: co zadziałało, co nie, co następnym razem.",
    "Potrzebuję zgody, nie budżetu.",
    "Rotacja stanowisk na dwa tygodnie da nam więcej niż kolejna konferencja.",
    "Będę prosić o prawdziwe historie zamiast o dobre rady.",
    "Cyfryzacja bez uproszczenia utrwala zły proces.",
    "Sprawdzę podstawę prawną w tym tygodniu.",
    "Zaczynamy od jednego okienka, jednego formularza i jednego miesiąca.",
    "Cisza na początku spotkania daje głos tym, którzy zwykle nie mówią.",
    "Konkurs wewnętrzny na usprawnienia może poprowadzić zespół, nie dział kadr.",
    "Umawiam się z koleżanką z Sofii na rozmowę kontrolną za 60 dni.",
    "Wdrożenie to nie projekt informatyczny, tylko zmiana nawyków kierowników średniego szczebla.",
    "Jeżeli prawnik powie nie, zapytam, co musiałoby się zmienić, żeby powiedział tak.",
)
_BULGARIAN = (
    "Ще започна с малък опит в един отдел, преди да предложа промяната на цялата администрация.",
    "Едно гише започва с един разговор.",
    "Практиката трябва да има стопанин, иначе изчезва със смяната на ръководството.",
    "Вземам със себе си три имена, на които мога да се обадя.",
    "Първо опростяваме процеса, после го дигитализираме.",
    "Ще попитам гражданите кой формуляр не разбират и ще започна от него.",
    "Наставник за всеки нов служител през първите три месеца.",
    "Най-много научих от това, което при другите не се е получило; точно за това ще питам "
    "занапред във всяка институция.",
    "Не ни липсват пари, липсва ни човек, който отговаря.",
    "Ще измервам само едно нещо, но всяка седмица.",
    "Директорът трябва да го чуе първо от мен.",
    "Разговор с напускащия колега: два часа и една страница.",
    "Проверявам правното основание още тази седмица.",
    "Ако юристът каже „не“, ще попитам какво трябва да се промени, за да каже „да“.",
    "Малките победи се разказват на глас.",
    "Ще предложим размяна на служители с община Пловдив за две седмици.",
    "Доверието не е мека тема, а условие за всяка практика от нашия списък.",
    "Следващата среща започва с пет минути тишина, в които всички пишат.",
    "Уговорих си разговор с колежката от Варшава след 60 дни.",
    "Без подкрепата на средното ниво ръководители нищо няма да тръгне.",
    "Нужно ми е решение, не бюджет.",
    "Краткият отчет след проекта ще бъде задължителен: какво проработи, какво не и какво следва.",
    "Жалбата на гражданина е най-евтиното обучение.",
    "Ще говоря с профсъюза преди, а не след проекта.",
    "Понятният език започва от писмото, което аз подписвам.",
    "Чуждият опит е карта, а не готов маршрут.",
    "Взаимопомощта между институциите не изисква нова наредба.",
    "Избирам едно от десетте условия и работя само по него до края на месеца.",
    "Високопоставените ръководители също имат нужда да разкажат за грешките си.",
    "За мен най-важното е, че не сме сами.",
)
_OTHERS = (
    "Sākšu ar vienu nodaļu un vienu rādītāju, ko mērīšu katru nedēļu.",
    "Először a jogalapot ellenőrzöm, aztán egy hónapon belül visszajövök a válasszal.",
    "A small trial in one department is worth more than a large plan.",
    "Uzticēšanās nav mīkstā tēma, tā ir priekšnoteikums visam pārējam.",
    "A tudásátadás nem adminisztráció, hanem megbecsülés. 🙂",
)
_FIRST = {
    "pl": ("Anna", "Łucja", "Teresa", "Małgorzata", "Józefa", "Grażyna", "Żaneta", "Ewa", "Kinga", "Bożena", "Iga"),
    "bg": ("Мария", "Елена", "Цветанка", "Йорданка", "Снежана", "Гергана", "Румяна", "Василка", "Ива", "Радка", "Яна"),
}
_LAST = {
    "pl": ("Kowalska", "Śliwińska", "Wójcik", "Górska", "Żak", "Dąbrowska", "Sobczak"),
    "bg": ("Димитрова", "Петрова", "Георгиева", "Стоянова", "Въжарова", "Щерева", "Илиева"),
}
_AFTER = {
    "pl": ("", "Zaczynam w poniedziałek.", "Odpowiadam za to ja.", "Sprawdzimy to za 30 dni."),
    "bg": ("", "Започвам в понеделник.", "Отговарям аз.", "Ще проверим след 30 дни."),
}
_STAGES = {
    "pl": (
        StageSummary(
            "Wiedza",
            "Mentor dla każdego nowego pracownika przez pierwszy miesiąc",
            ("Przekazanie wiedzy przez odchodzących", "Prosty język w decyzjach", "Jedno okienko dla mieszkańca"),
        ),
        StageSummary(
            "Działanie",
            "Brak jednej osoby, która odpowiada za wdrożenie i ma na nie czas",
            ("Zgoda kierownictwa na pilotaż", "Podstawa prawna rotacji stanowisk", "Opór średniego szczebla"),
        ),
        StageSummary(
            "Doświadczenie",
            "Na Twoim miejscu jutro przeszłabym całą procedurę razem z jednym mieszkańcem",
            ("Zacząć od dwóch ochotników, nie od zarządzenia", "Pokazać dyrektorowi koszt rotacji"),
        ),
        StageSummary(
            "Wnioski",
            "Do końca marca pilotaż w jednym wydziale; poznam po tym, że nikt nie odszedł w pierwszym kwartale",
            ("62 zobowiązania, 51 z nich w ciągu 30 dni",),
        ),
    ),
    "bg": (
        StageSummary(
            "Знание",
            "Наставничество за новите служители",
            ("Разговор с напускащите колеги", "Понятен език в решенията", "Едно гише"),
        ),
        StageSummary(
            "Действие",
            "Липсва човек, който отговаря и има време за внедряването",
            ("Решение на ръководството", "Правно основание за ротация"),
        ),
        StageSummary(
            "Опит",
            "На Ваше място утре бих минал през цялата процедура заедно с един гражданин",
            ("Започнете с двама доброволци", "Покажете на директора цената на текучеството"),
        ),
        StageSummary("Изводи", "До края на март: опит в един отдел, измерван всяка седмица", ("58 ангажимента",)),
    ),
}
_TITLES = {"pl": "Jak zatrzymać wiedzę w urzędzie", "bg": "Как да задържим знанието в администрацията"}


def summary(language: str, people: int) -> SummaryView:
    """So many people's summary, in groups of six; every eighth writes in another language of the session."""
    say = words(language)
    own = _POLISH if language == "pl" else _BULGARIAN
    groups = tuple(say("Group {number}", number=at) for at in range(1, people // 6 + 1))
    return SummaryView(
        title=_TITLES[language],
        subtitle="",
        date="28 listopada 2026" if language == "pl" else "28 ноември 2026 г.",
        language=language,
        stages=_STAGES[language],  # type: ignore[arg-type]
        sentences=tuple(_sentence(language, own, at, groups[at % len(groups)]) for at in range(people)),
        people=people,
        words=Words(
            take_home=say("What we take home"),
            people=say.plural("person took part", "people took part", people),
            nobody=say("Nobody wrote a closing sentence."),
            more=partial(_more, language),
            page=partial(_page, language),
        ),
        groups=groups,
        languages=tuple(say.name_of_language(code) for code in ("pl", "bg", "lv", "hu")),
    )


def _sentence(language: str, own: tuple[str, ...], at: int, group: str) -> Sentence:
    first, last = _FIRST[language], _LAST[language]
    name = f"{first[at % len(first)]} {last[at % len(last)]}" if at % 7 != 3 else None
    if at % 8 == 5:
        return Sentence(_OTHERS[at // 8 % len(_OTHERS)], "Zsófia Őri", group)
    after = _AFTER[language][at // len(own) % 4]
    said = own[(at * 7 + at // 10) % len(own)]
    text = f"{said} {after}".strip()
    return Sentence(text if len(text) <= 140 else said, name, group)


def _more(language: str, n: int) -> str:
    return words(language).plural("and {n} more on the board", "and {n} more on the board", n)


def _page(language: str, number: int, pages: int) -> str:
    return words(language)("Board, page {number} of {pages}", number=number, pages=pages)
