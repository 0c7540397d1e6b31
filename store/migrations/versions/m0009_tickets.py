"""Pages are opened with links and tickets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody holds any yet."""
    op.create_table(
        "tickets",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("sort", sa.Text, nullable=False),
        sa.Column("workshop", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("page", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("spent", sa.Boolean, nullable=False),
    )
    op.create_index("tickets_by_age", "tickets", ["until"])
    op.create_index("tickets_of_a_workshop", "tickets", ["workshop", "person"])
