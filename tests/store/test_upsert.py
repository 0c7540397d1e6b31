"""Many rows in few statements are what the same rows would be one by one, in both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from store.database import for_writing
from store.tables import deliveries, heartbeat, posts
from store.upsert import MOST_AT_ONCE, insert, upsert
from tests.store.small_workshop import START

SIZES = (1, 2, 3, 7, 31, MOST_AT_ONCE - 1, MOST_AT_ONCE, MOST_AT_ONCE + 1, 3 * MOST_AT_ONCE + 5)


@pytest.mark.parametrize("size", SIZES)
def test_every_row_is_written_with_its_own_values(engine: Engine, size: int) -> None:
    rows = [
        {"key": f"k{n}", "workshop": None, "at": START + timedelta(microseconds=n), "said": None, "activity": f"a{n}"}
        for n in range(size)
    ]
    with for_writing(engine).begin() as connection:
        insert(connection, deliveries, rows)
    with engine.connect() as connection:
        found = connection.execute(sa.select(deliveries)).mappings().all()
    assert sorted(map(dict, found), key=lambda row: row["at"]) == rows


@pytest.mark.parametrize("size", SIZES)
def test_what_is_there_is_written_over_but_for_what_is_kept(engine: Engine, size: int) -> None:
    def post(number: int, said: str) -> dict[str, object]:
        return {
            "workshop": "w", "conversation": "", "slot": f"s{number:04d}", "state": said, "activity_id": None,
            "previous": None, "digest": said, "revision": number, "generation": 1, "at": START,
        }  # fmt: skip

    with for_writing(engine).begin() as connection:
        insert(connection, posts, [post(number, "first") for number in range(0, size, 2)])
        upsert(connection, posts, [post(number, "then") for number in range(size)], keep=("digest",))
    with engine.connect() as connection:
        found = connection.execute(sa.select(posts.c.slot, posts.c.state, posts.c.digest).order_by(posts.c.slot))
        assert [tuple(row) for row in found] == [
            (f"s{number:04d}", "then", "then" if number % 2 else "first") for number in range(size)
        ]


def test_no_rows_are_no_statement(engine: Engine) -> None:
    with for_writing(engine).begin() as connection:
        insert(connection, deliveries, [])
        upsert(connection, heartbeat, [])
    with engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(deliveries)).scalar_one() == 0


def test_one_that_is_there_already_stops_all(engine: Engine) -> None:
    rows = [{"key": f"k{n}", "workshop": None, "at": START} for n in range(5)]
    with for_writing(engine).begin() as connection:
        insert(connection, deliveries, rows[3:4])
    with pytest.raises(IntegrityError), for_writing(engine).begin() as connection:
        insert(connection, deliveries, rows)
    with engine.connect() as connection:
        assert connection.execute(sa.select(deliveries.c.key)).scalars().all() == ["k3"]
