"""Posts remember who is at them and until when something may still land; people, when they chose their language."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SETTLING = 45_000_000
"""Microseconds in which an edit whose outcome is not known may land."""


def upgrade() -> None:
    """What the release before left unknown may have been under way when it ended."""
    op.add_column("posts", sa.Column("by", sa.Text, nullable=False, server_default=""))
    op.add_column("posts", sa.Column("until", sa.BigInteger))
    posts = sa.table("posts", *(sa.column(name) for name in ("state", "activity_id", "at", "until")))
    lost = (posts.c.state == "unknown") & posts.c.activity_id.is_not(None)
    op.execute(posts.update().where(lost).values(until=posts.c.at + SETTLING))
    op.add_column("persons", sa.Column("chosen_at", sa.BigInteger))
    op.create_index("persons_by_choice", "persons", ["chosen_at"])
