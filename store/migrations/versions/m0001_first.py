"""The first schema: workshops, people, answers, what was delivered, posted and met, and the audit trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_LIVE = sa.text("status IN ('lobby', 'open', 'paused', 'closed')")


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "workshops",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("home", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("plan", sa.Text, nullable=False),
        sa.Column("opened_by", sa.Text, nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger),
        sa.Column("secret", sa.Text),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("shape", sa.BigInteger, nullable=False),
        sa.Column("moves", sa.BigInteger, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("closes_at", sa.BigInteger),
        sa.Column("remaining", sa.BigInteger),
        sa.Column("state", sa.Text, nullable=False),
    )
    op.create_index(
        "one_live_workshop_in_a_home",
        "workshops",
        ["tenant", "home"],
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    )
    op.create_index("workshops_of_a_home", "workshops", ["tenant", "home", "opened_at"])
    op.create_index("workshops_due", "workshops", ["status", "closes_at"])
    op.create_table(
        "people",
        sa.Column("workshop", sa.Text, sa.ForeignKey("workshops.id"), primary_key=True),
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        *(sa.Column(said, sa.Text, nullable=False) for said in _SAID),
        *(sa.Column(role, sa.Boolean, nullable=False) for role in _ROLES),
    )
    op.create_index("workshops_of_a_person", "people", ["person"])
    op.create_table(
        "answers",
        sa.Column("workshop", sa.Text, sa.ForeignKey("workshops.id"), primary_key=True),
        sa.Column("prompt", sa.Text, primary_key=True),
        sa.Column("case", sa.Text, primary_key=True),
        sa.Column("round", sa.Integer, primary_key=True),
        sa.Column("author", sa.Text, primary_key=True),
        sa.Column("given", sa.BigInteger, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "deliveries",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("workshop", sa.Text),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("deliveries_by_age", "deliveries", ["at"])
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("workshop", sa.Text, sa.ForeignKey("workshops.id"), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("audit_of_a_workshop", "audit", ["workshop", "id"])
    op.create_table(
        "posts",
        sa.Column("workshop", sa.Text, primary_key=True),
        sa.Column("conversation", sa.Text, primary_key=True),
        sa.Column("slot", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("activity_id", sa.Text),
        sa.Column("previous", sa.Text),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "published",
        sa.Column("workshop", sa.Text, primary_key=True),
        sa.Column("revision", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "conversations",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("service_url", sa.Text, nullable=False),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("bot_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_table(
        "persons",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("address_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("locale", sa.Text),
        sa.Column("chosen", sa.Text),
        sa.Column("service_url", sa.Text, nullable=False),
    )
    op.create_table(
        "heartbeat",
        sa.Column("instance", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )


_SAID = ("name", "language", "institution", "country", "role", "challenge")
_ROLES = ("joined", "facilitator", "moderator", "reserve")
