"""What moderators wrote of entries in other languages is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing has been translated yet."""
    op.create_table(
        "translations",
        sa.Column("workshop", sa.Text, sa.ForeignKey("workshops.id"), primary_key=True),
        sa.Column("entry", sa.Text, primary_key=True),
        sa.Column("language", sa.Text, primary_key=True),
        sa.Column("prompt", sa.Text, nullable=False),
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
