"""People to form groups of, written in a few letters. It forms nothing by itself."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.groups import Formed, Member, Wish, form, spread

MIX = Wish(number=1).mix_by


def people(countries: str, institutions: str = "", roles: str = "") -> list[Member]:
    """One person a letter: "aab" are two of country a and one of b; "." is unknown."""
    columns = [text.ljust(len(countries), ".").replace(".", " ") for text in (countries, institutions, roles)]
    return [Member(f"p{n:03}", *(value.strip() for value in each)) for n, each in enumerate(zip(*columns, strict=True))]


def ids(*numbers: int) -> frozenset[str]:
    return frozenset(f"p{number:03}" for number in numbers)


def formed(members: Sequence[Member], wish: Wish) -> Formed:
    found = form(members, wish)
    assert isinstance(found, Formed), found
    seated = [id for group in found.groups.values() for id in group]
    assert sorted(seated) == sorted(member.id for member in members), "everybody sits, and once"
    assert list(found.groups) == list(range(1, len(found.groups) + 1)) and all(found.groups.values())
    assert found.spread == spread(found.groups, members, wish.mix_by)
    return found


def sizes(found: Formed) -> list[int]:
    return sorted((len(group) for group in found.groups.values()), reverse=True)
