"""Results of every kind of prompt as sessions of public administrations would give them, in Polish and Bulgarian."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from workshop.plan import Item, Prompt, Text, as_written
from workshop.prompts.checklist import ChecklistResult, ChecklistRules, Condition
from workshop.prompts.choice import Bar, ChoiceResult, ChoiceRules
from workshop.prompts.commitment import Commitment, CommitmentResult, CommitmentRules, Shown
from workshop.prompts.figures import figures
from workshop.prompts.form import Block, Filled, FormResult, FormRules
from workshop.prompts.kind import Result, Signed
from workshop.prompts.matrix import MatrixResult, MatrixRules, Spot
from workshop.prompts.notes import Cluster, Column, Note, NotesResult, NotesRules
from workshop.prompts.points import Pointed, PointsResult, PointsRules
from workshop.prompts.ranking import Ranked, RankingResult, RankingRules
from workshop.prompts.rating import RatingResult, RatingRules, Shift
from workshop.prompts.scale import ScaleResult, ScaleRow, ScaleRules
from workshop.prompts.text import Quote, TextResult, TextRules
from workshop.prompts.vote import Dots, VoteResult, VoteRules
from workshop.prompts.words import Word, WordsResult, WordsRules
from workshop.tally import PromptBoard

STAGES = {
    "words": 0, "notes": 0, "scale": 0, "vote": 0,
    "choice": 1, "choices": 1, "checklist": 1, "matrix": 1, "points": 1, "ranking": 1,
    "form": 2, "rating": 2, "text": 3, "commitment": 3,
}  # fmt: skip
"""In which stage such a session asks what."""

_PRACTICES = {
    "pl": (
        "Mentor dla każdego nowego pracownika przez pierwszy miesiąc",
        "Rozmowa z odchodzącym i jedna strona zapisu",
        "Jedno okienko dla mieszkańca",
        "Prosty język w decyzjach administracyjnych",
        "Rotacja stanowisk na dwa tygodnie między wydziałami i urzędami partnerskimi w innych województwach",
    ),
    "bg": (
        "Наставник за всеки нов служител през първия месец",
        "Разговор с напускащия колега и една страница",
        "Едно гише за гражданите",
        "Понятен език в административните актове",
        "Размяна на служители между отделите и общините партньори за две седмици",
    ),
}
_CONDITIONS = {
    "pl": (
        "Podstawa prawna", "Zgoda kierownictwa", "Ludzie, którzy mają czas", "Szkolenia i umiejętności", "Pieniądze",
        "Systemy i dane", "Związki zawodowe", "Instytucje partnerskie", "Kultura i nawyki", "Akceptacja mieszkańców",
    ),
    "bg": (
        "Правно основание", "Решение на ръководството", "Хора с време", "Обучение и умения", "Пари",
        "Системи и данни", "Профсъюзи", "Партньорски институции", "Култура и навици", "Приемане от гражданите",
    ),
}  # fmt: skip
_WORDS = {
    "pl": (
        "zaufanie", "mentor", "przekazywanie wiedzy", "prosty język", "odwaga", "rotacja", "jedno okienko",
        "cierpliwość", "rozmowy z odchodzącymi", "pilotaż", "dane", "współpraca", "czas", "ciekawość",
        "konstytucjonalizacja procedur",
        "żółte karteczki", "błędy", "słuchanie", "nawyki", "wdzięczność", "e-usługi", "kawa 🙂", "mapa", "spokój",
        "interoperacyjność", "łączniczka", "święty spokój", "źródła", "ćwiczenia", "gęsta mgła przepisów",
    ),
    "bg": (
        "доверие", "наставник", "обмен на опит", "понятен език", "смелост", "ротация", "едно гише", "търпение",
        "разговор с напускащите", "пилотен проект", "данни", "сътрудничество", "време", "любопитство",
        "оперативна съвместимост", "жълти листчета", "грешки", "слушане", "навици", "благодарност", "е-услуги",
        "кафе 🙂", "карта", "спокойствие",
        "административнопроцесуален", "връзка", "щастие", "извори", "упражнения", "гъста мъгла от наредби",
    ),
}  # fmt: skip
_QUESTIONS: dict[str, dict[str, str]] = {
    "pl": {
        "words": "Które praktyki z wcześniejszych sesji szczególnie zapadły Państwu w pamięć?",
        "notes": "Co jest rdzeniem tej praktyki: częścią, której nie wolno zgubić przy kopiowaniu?",
        "choice": "Która praktyka pomoże w Państwa wyzwaniu?",
        "choices": "Które z nich już Państwo próbowali?",
        "vote": "Nad którą przeszkodą grupa powinna teraz pracować?",
        "points": "Proszę rozdzielić 100 punktów: gdzie wysiłek da najwięcej?",
        "ranking": "W jakiej kolejności warto je wdrażać?",
        "scale": "Umiem wyjaśnić tę praktykę mojej dyrektorce.",
        "matrix": "Efekt i wykonalność w ciągu sześciu miesięcy",
        "checklist": "Czego potrzeba w Państwa instytucji?",
        "rating": "Jak wykonalna wydaje się teraz Państwa praktyka?",
        "text": "Jeden fakt, którego nie znałam ani nie znałem.",
        "form": "Przypadek: sytuacja, próby, gdzie utknęliśmy",
        "commitment": "Co zrobią Państwo, do kiedy i z kim?",
    },
    "bg": {
        "words": "Кои практики от предишните сесии запомнихте?",
        "notes": "Кое е ядрото на практиката, което не бива да се изгуби при пренасянето?",
        "choice": "Коя практика ще помогне за Вашето предизвикателство?",
        "choices": "Кои от тях вече сте опитвали?",
        "vote": "По коя пречка групата да работи сега?",
        "points": "Разпределете 100 точки: къде усилието дава най-много?",
        "ranking": "В какъв ред си струва да се въвеждат?",
        "scale": "Мога да обясня тази практика на моя директор.",
        "matrix": "Ефект и осъществимост в рамките на шест месеца",
        "checklist": "Какво е необходимо във Вашата институция?",
        "rating": "Колко осъществима Ви изглежда практиката сега?",
        "text": "Един факт, който не знаех.",
        "form": "Случай: ситуация, опити, къде сме спрели",
        "commitment": "Какво ще направите, докога и с кого?",
    },
}
_NOTES = {
    "pl": (
        "Mentor ma na to czas zapisany w planie pracy.", "Rozmowa odbywa się przed, a nie po odejściu.",
        "Kierownik sam bierze udział.", "Jedna strona, nie raport.", "Nikt nie ocenia pytań.",
        "Mieszkaniec czyta pismo, zanim zostanie wysłane.", "Pomiar co tydzień, na tablicy w korytarzu.",
        "Praktyka ma imię i nazwisko opiekuna, a nie nazwę wydziału w regulaminie organizacyjnym.",
        "Zgoda na błąd w pierwszym miesiącu.", "Spotkanie co dwa tygodnie, piętnaście minut, na stojąco.",
    ),
    "bg": (
        "Наставникът има време, записано в плана му.", "Разговорът е преди, а не след напускането.",
        "Ръководителят участва лично.", "Една страница, не доклад.", "Никой не оценява въпросите.",
        "Гражданин чете писмото, преди да бъде изпратено.", "Измерва се всяка седмица, на таблото в коридора.",
        "Практиката има име на стопанин, а не название на отдел в устройствения правилник.",
        "Право на грешка през първия месец.", "Среща на две седмици, петнадесет минути, прави.",
    ),
}  # fmt: skip
_THEMES = {"pl": ("Czas i plan", "Ludzie, nie przepisy"), "bg": ("Време и план", "Хора, не наредби")}
_COLUMNS = {
    "pl": ("Czym jest", "Dlaczego działa", "Gdzie ją widziano"),
    "bg": ("Какво е", "Защо работи", "Къде е видяна"),
}
_PEOPLE = {
    "pl": ("Anna Kowalska", "Łucja Żak", "Grażyna Śliwińska", "Kinga Wójcik"),
    "bg": ("Мария Димитрова", "Елена Въжарова", "Йорданка Щерева", "Яна Илиева"),
}
_FIELDS = {
    "pl": ("Sytuacja", "Co próbowaliśmy", "Gdzie utknęliśmy"),
    "bg": ("Ситуация", "Какво опитахме", "Къде сме спрели"),
}
_AXES = {"pl": ("efekt", "wykonalność"), "bg": ("ефект", "осъществимост")}
_ENDS = {"pl": ("zupełnie nie", "w pełni"), "bg": ("изобщо не", "напълно")}


def board(kind: str, language: str, people: int = 40) -> PromptBoard:
    """So many people's answers to a prompt of that kind."""
    rules, result = _result(kind, language, people)
    prompt = Prompt(kind, kind, {language: _QUESTIONS[language][kind]}, rules, again="r0" if kind == "rating" else "")
    return PromptBoard(prompt, (), people, result)


def _written(texts: Sequence[str]) -> list[Text]:
    return [as_written(one) for one in texts]


def _who(language: str, at: int) -> str:
    names = _PEOPLE[language]
    return Signed(names[at % len(names)], 1 + at % 6) if at % 4 != 3 else ""


def _spread_of(people: int, middle: int, high: int) -> list[int]:
    """Numbers 1 to `high`, most of them near the middle: alike at every run."""
    wide = high // 3
    drawn = [(at * 7919 + middle * 104729) % 1009 for at in range(people)]
    return [max(1, min(high, middle + one % (wide + 1) + one // 7 % (wide + 1) - wide)) for one in drawn]


def _result(kind: str, language: str, people: int) -> tuple[object, Result]:
    practices = _written(_PRACTICES[language])
    keys = [f"i{at}" for at in range(len(practices))]
    counted = [max(0, people // 3 - 3 * at + at * at % 2) for at in range(len(practices))]
    two = {language: _ENDS[language][0]}, {language: _ENDS[language][1]}
    match kind:
        case "words":
            texts = _WORDS[language]
            words = [Word(f"w{at}", text, max(1, round(people / 3 / (1 + at * 0.6)))) for at, text in enumerate(texts)]
            return WordsRules(3, 60), WordsResult(people, tuple(words))
        case "notes":
            return NotesRules((), 280, 5), _notes(language, people)
        case "choice" | "choices":
            found = [Bar(key, text, n) for key, text, n in zip(keys, practices, counted, strict=True)]
            found.append(Bar("own", as_written(_NOTES[language][3]), 1, own=True))
            return ChoiceRules((), 1, True), ChoiceResult(people, tuple(found))
        case "vote":
            dots = [
                Dots(key, text, n, max(1, n - 1), place)
                for place, (key, text, n) in enumerate(zip(keys, practices, counted, strict=True), 1)
            ]
            return VoteRules(3, 2), VoteResult(people, tuple(dots))
        case "points":
            given = [
                Pointed(key, text, n * 40, n, 7.5 * n / 4, place)
                for place, (key, text, n) in enumerate(zip(keys, practices, counted, strict=True), 1)
            ]
            return PointsRules((), 100), PointsResult(people, tuple(given), sum(n * 40 for n in counted))
        case "ranking":
            ranked = [
                Ranked(key, text, n * 6, people - 2 * place, place)
                for place, (key, text, n) in enumerate(zip(keys, practices, counted, strict=True), 1)
            ]
            return RankingRules((), 5, 1), RankingResult(people, tuple(ranked))
        case "scale":
            rows = [
                ScaleRow(key, text, figures(_spread_of(people - at, 5 - at // 2, 5), 1, 5), at, 10 - at, at + 1)
                for at, (key, text) in enumerate(zip(keys, practices, strict=True))
            ]
            return ScaleRules((), 5, two), ScaleResult(people, tuple(rows), 5, two)
        case "matrix":
            return _matrix(language, people, practices, keys, two)
        case "checklist":
            conditions = [
                Condition(
                    f"c{at}",
                    {language: text},
                    at * people // 14,
                    people // 4,
                    people - at * people // 14 - people // 4 - at % 3,
                    at % 3,
                )
                for at, text in enumerate(_CONDITIONS[language])
            ]
            return ChecklistRules(()), ChecklistResult(people, tuple(conditions))
        case "rating":
            before, after = (figures(_spread_of(people, seed, 10), 1, 10) for seed in (4, 7))
            shift = Shift(2.0, people // 2, people // 3, people - people // 2 - people // 3)
            return RatingRules(1, 10, two), RatingResult(people, after, before, people, shift, two)
        case "text":
            quotes = [
                Quote(f"q{at}", _NOTES[language][at * 3 % 10], _who(language, at)) for at in range(min(people, 14))
            ]
            return TextRules(280, True), TextResult(people, tuple(quotes))
        case "form":
            return _form(language, people)
        case _:
            made = [
                Shown(
                    f"m{at}",
                    Commitment(
                        _NOTES[language][at * 3 % 10], date(2027, 1, 12 + at), _PEOPLE[language][at % 4],
                        _NOTES[language][(at * 3 + 1) % 10],
                    ),
                    _who(language, at),
                )
                for at in range(min(people, 6))
            ]  # fmt: skip
            return CommitmentRules(2, 30, True), CommitmentResult(people, people + 3, tuple(made))


def _notes(language: str, people: int) -> NotesResult:
    texts = _NOTES[language]
    columns = []
    for number, name in enumerate(_COLUMNS[language]):
        notes = tuple(
            Note(f"n{number}-{at}", texts[(at * 3 + number * 4) % 10], _who(language, at))
            for at in range(max(3, min(people, 13) - 3 * number))
        )
        themes = (
            (Cluster(_THEMES[language][0], notes[:4]), Cluster(_THEMES[language][1], notes[4:7])) if number == 0 else ()
        )
        columns.append(Column(f"c{number}", {language: name}, notes, themes))
    return NotesResult(people, tuple(columns))


def _matrix(
    language: str, people: int, practices: Sequence[Text], keys: Sequence[str], ends: tuple[Text, Text]
) -> tuple[object, Result]:
    axes = {language: _AXES[language][0]}, {language: _AXES[language][1]}
    spots = []
    for at, (key, text) in enumerate(zip(keys, practices, strict=True)):
        xs, ys = _spread_of(people, (5, 4, 2, 4, 2)[at], 5), _spread_of(people, (4, 2, 4, 4, 1)[at], 5)[::-1]
        x, y = figures(xs, 1, 5), figures(ys, 1, 5)
        assert x.median is not None
        assert y.median is not None
        quadrant = (x.median > 3, y.median > 3) if 3 not in (x.median, y.median) else None
        dots = tuple(sorted(zip(xs, ys, strict=True)))
        spots.append(Spot(key, text, dots, x, y, quadrant, 10 - at, at + 1))
    return MatrixRules((), axes, 5, ends), MatrixResult(people, tuple(spots), axes, 5, ends)


def _form(language: str, people: int) -> tuple[object, Result]:
    fields = tuple((f"f{at}", {language: label}) for at, label in enumerate(_FIELDS[language]))
    blocks = tuple(
        Block(
            _who(language, at),
            tuple(
                Filled(key, f"e{at}{key}", _NOTES[language][(at * 3 + number) % 10])
                for number, (key, _) in enumerate(fields)
            ),
        )
        for at in range(min(people, 5))
    )
    return FormRules(()), FormResult(people, fields, blocks)


def items(language: str) -> tuple[Item, ...]:
    """What people wrote, as what a prompt carries over."""
    return tuple(Item(f"i{at}", as_written(text)) for at, text in enumerate(_PRACTICES[language]))
