"""Teams' own charts over what bars of basic elements say, where they say more. No chart says what words do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cards import elements as el, phrases as ph

teams = el.teams

FROM = 5
"""Entries that a prompt must have room for: a chart costs as much as several of them."""
BARS = 8
"""Most bars of one chart."""
LABEL = 60
"""Longest label of a bar, in code points; the words stand below in full."""
TITLE = 100
"""Longest title, which is read out and not shown: the question stands above."""

COLOUR: teams.ChartColor = "sequential4"
"""The named colour nearest to that of our own bars: 3 to 1 on white and on dark cards (decision 10)."""
DARKER: tuple[teams.ChartColor, ...] = ("sequential5", "sequential4", "sequential3", "sequential2", "sequential1")
"""From pale to dark, told apart by everybody."""

Pieces = Sequence[tuple[str, int, teams.ChartColor]]
"""What the pieces of a bar are called, how much each is, and its colour."""


def shares(title: str, values: Sequence[tuple[str, int]]) -> el.Element | None:
    """Each bar as a part of all of them together, which therefore all have to be there; nothing where they are not,
    or where there is no whole to speak of. The labels are `label`s."""
    if not 2 <= len(values) <= BARS or not any(value for _, value in values):
        return None
    data = [teams.HorizontalBarChartDataValue(x=words, y=float(value)) for words, value in values]
    return teams.HorizontalBarChart(
        title=titled(title), show_title=False, data=data, color=COLOUR, display_mode="PartToWhole"
    )


def columns(title: str, counts: Mapping[str, int]) -> el.Element:
    """A column for each number of a scale, in its order."""
    data = [teams.VerticalBarChartDataValue(x=number, y=float(count)) for number, count in counts.items()]
    return teams.VerticalBarChart(title=titled(title), show_title=False, data=data, color=COLOUR, show_bar_values=True)


def pairs(title: str, first: tuple[str, Mapping[str, int]], second: tuple[str, Mapping[str, int]]) -> el.Element:
    """Two columns side by side for each number of a scale, the second darker; each series with its name."""
    data = [
        teams.GroupedVerticalBarChartData(
            legend=name,
            color=colour,
            values=[teams.BarChartDataValue(x=number, y=float(count)) for number, count in counts.items()],
        )
        for (name, counts), colour in ((first, COLOUR), (second, DARKER[-1]))
    ]
    return teams.GroupedVerticalBarChart(title=titled(title), show_title=False, data=data, show_bar_values=True)


def stacked(title: str, rows: Sequence[tuple[str, Pieces]]) -> el.Element | None:
    """A bar for each row, of pieces one behind the other; nothing where no row has any. The labels are `label`s."""
    data = [
        teams.StackedHorizontalBarChartData(
            title=words,
            data=[
                teams.StackedHorizontalBarChartDataPoint(legend=name, value=float(count), color=colour)
                for name, count, colour in pieces
            ],
        )
        for words, pieces in rows[:BARS]
    ]
    return teams.StackedHorizontalBarChart(title=titled(title), show_title=False, data=data) if data else None


def shade(number: int, many: int) -> teams.ChartColor:
    """The colour of the number, counted from 0, of so many: the higher, the darker."""
    return DARKER[number * len(DARKER) // many]


def label(words: str) -> str:
    """Anybody's words, short and with nothing in them that any reader of markdown makes something of."""
    return ph.shortened(el.harmless(words), LABEL)


def titled(question: str) -> str:
    """What is read out beside the picture."""
    return ph.shortened(el.harmless(question), TITLE)


def above(chart: el.Element, lines: Sequence[el.Element]) -> el.Element:
    """The chart over all that the lines say in words; in its place, where a client does not know it, the lines with
    their bars. The chart itself has no fallback, so the whole box falls back, in Microsoft's renderers for the web and
    for phones alike, and no client shows the words twice."""
    return teams.Container(items=[chart, *_without_bars(lines)], fallback=el.box(lines), spacing="Small")


def _without_bars(lines: Sequence[el.Element]) -> list[el.Element]:
    found: list[el.Element] = []
    for line in lines:
        if isinstance(line, el.OfBars | teams.Image | teams.ColumnSet):  # the last: pieces of bars side by side
            continue
        if isinstance(line, teams.Container):
            line = line.model_copy(update={"items": _without_bars(line.items or [])})
        found.append(line)
    return found
