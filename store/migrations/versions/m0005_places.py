"""Every conversation of a workshop in a table of its own: a group's too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

LIVE = ("lobby", "open", "paused", "closed")


def upgrade() -> None:
    """Make the table; until now a workshop had its home only. One that was erased has none any more."""
    op.create_table(
        "places",
        sa.Column("workshop", sa.Text, sa.ForeignKey("workshops.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("group", sa.Integer, nullable=False),
        sa.Column("live", sa.Boolean, nullable=False),
    )
    held = sa.text("live")
    op.create_index(
        "one_live_workshop_in_a_place", "places", ["tenant", "place"], unique=True,
        sqlite_where=held, postgresql_where=held,
    )  # fmt: skip
    op.create_index("places_by_conversation", "places", ["tenant", "place"])
    workshops = sa.table("workshops", *(sa.column(name) for name in ("id", "tenant", "home", "status")))
    names = ("workshop", "number", "tenant", "place", "group", "live")
    places = sa.table("places", *(sa.column(name) for name in names))
    zero = sa.literal(0, sa.Integer)
    live = sa.case((workshops.c.status.in_(LIVE), sa.true()), else_=sa.false())
    homes = sa.select(workshops.c.id, zero, workshops.c.tenant, workshops.c.home, zero, live)
    op.execute(places.insert().from_select(names, homes.where(workshops.c.home != "")))
