"""Views that the drawing tests draw: five languages, few and many people, and text meant to break things."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from drawings.summary import Sentence, StageSummary, SummaryView, Words

SVG = "{http://www.w3.org/2000/svg}"

LETTERS = {
    "en": "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789",
    "pl": "ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż",
    "bg": "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯ абвгдежзийклмнопрстуфхцчшщъьюя ѝ Ѝ",
    "lv": "ĀČĒĢĪĶĻŅŠŪŽ āčēģīķļņšūž",
    "hu": "ÁÉÍÓÖŐÚÜŰ áéíóöőúüű",
    "signs": "„”“‘’‚«»‹›…–—−·•→←×€№§°%&@#\"'()[]{}/\\!?:;,.\u00a0",
}

SENTENCES = (
    "Zacznę od rozmowy z ludźmi, których ta zmiana dotyczy.",
    "Ще започна с малък опит в един отдел, преди да предложа промяната на цялата администрация.",
    "Sākšu ar vienu nodaļu un vienu rādītāju, ko mērīšu katru nedēļu.",
    "Először a jogalapot ellenőrzöm, aztán egy hónapon belül visszajövök a válasszal.",
    "A small trial in one department is worth more than a large plan.",
    "Najwięcej nauczyłam się z tego, co innym się nie udało, i właśnie o to będę teraz pytać w każdej instytucji, "
    "z którą współpracujemy na co dzień.",
    "Mierzyć jedną rzecz, ale co tydzień.",
)

LONG = (
    "Широкомащабните промени успяват само когато хората, които ги прилагат всеки ден, са участвали в обсъждането им "
    "от самото начало на работа."
)[:140]

STAGES = {
    "en": ("Knowledge", "Action", "Experience", "Conclusions"),
    "pl": ("Wiedza", "Działanie", "Doświadczenie", "Wnioski"),
    "bg": ("Знание", "Действие", "Опит", "Изводи"),
    "lv": ("Zināšanas", "Darbība", "Pieredze", "Secinājumi"),
    "hu": ("Tudás", "Cselekvés", "Tapasztalat", "Következtetések"),
}


def more(count: int) -> str:
    return f"and {count} more on the full-size picture"


def page(number: int, of: int) -> str:
    return f"page {number} of {of}"


WORDS = Words("What we take home", "people", "Nobody left a sentence.", more, page)


def numbered(count: int) -> tuple[Sentence, ...]:
    """So many different sentences, some anonymous."""
    return tuple(
        Sentence(f"{at}. {SENTENCES[at % len(SENTENCES)]}"[:140].strip(), None if at % 4 == 3 else f"Osoba {at}")
        for at in range(count)
    )


def view(
    sentences: tuple[Sentence, ...], *, language: str = "pl", title: str = "Sesja peer learning", headline: str = ""
) -> SummaryView:
    one, two, three, four = (
        StageSummary(name, headline or f"Wynik etapu {name}", (f"Dalszy wynik etapu {name}",))
        for name in STAGES[language]
    )
    return SummaryView(
        title=title,
        subtitle="Wymiana doświadczeń",
        date="12 lutego 2027",
        language=language,
        stages=(one, two, three, four),
        sentences=sentences,
        people=len(sentences),
        words=WORDS,
        groups=("Grupa 1", "Grupa 2"),
    )


def lines(svg: str) -> list[tuple[str, float]]:
    """(text, type size) of every drawn line, in drawing order, without the marks that only steer direction."""
    return [
        ("".join(one.itertext()).replace("\u200f", ""), float(one.get("font-size", "0")))
        for one in ElementTree.fromstring(svg).iter(f"{SVG}text")
    ]


def drawn(svg: str) -> str:
    """All drawn lines as one text without blanks: where a sentence is broken does not matter."""
    return squeezed("".join(text for text, _ in lines(svg)))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
