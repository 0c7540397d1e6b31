"""The tables, as SQLAlchemy Core sees them. A change here needs a migration; never a rule of the workshop."""

from __future__ import annotations

import sqlalchemy as sa

from store.instants import EPOCH as EPOCH, MICROSECOND as MICROSECOND, Instant as Instant, Span as Span

metadata = sa.MetaData()

workshops = sa.Table(
    "workshops",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("tenant", sa.Text, nullable=False),
    sa.Column("home", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("plan", sa.Text, nullable=False),
    sa.Column("opened_by", sa.Text, nullable=False),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    # Key of the pseudonyms of anonymous prompts; empty once the workshop has ended.
    sa.Column("secret", sa.Text),
    sa.Column("revision", sa.BigInteger, nullable=False),
    # The revision at which anything but answers last changed: who has it need not read people and state again.
    sa.Column("shape", sa.BigInteger, nullable=False),
    sa.Column("moves", sa.BigInteger, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("at", sa.Integer, nullable=False),
    sa.Column("closes_at", Instant),
    # When the first open step ends, everybody's or a group's own; empty where no clock runs.
    sa.Column("due_at", Instant),
    sa.Column("remaining", Span),
    # The small rest as JSON, written by one place at a time under the row's lock. Answers are never in it.
    sa.Column("state", sa.Text, nullable=False),
    # What a second cycle brings along, as JSON, written once; empty in a first one.
    sa.Column("brought", sa.Text),
)

LIVE_STATUSES = ("lobby", "open", "paused", "closed")
_LIVE = sa.text("status IN ('lobby', 'open', 'paused', 'closed')")

sa.Index(
    "one_live_workshop_in_a_home",
    workshops.c.tenant,
    workshops.c.home,
    unique=True,
    sqlite_where=_LIVE,
    postgresql_where=_LIVE,
)
sa.Index("workshops_of_a_home", workshops.c.tenant, workshops.c.home, workshops.c.opened_at)
sa.Index("workshops_due", workshops.c.due_at)

# Every conversation of a workshop: its home, and those of its groups.
places = sa.Table(
    "places",
    metadata,
    sa.Column("workshop", sa.ForeignKey("workshops.id"), primary_key=True),
    # 0 is the home; a group's is one more than the number of its binding.
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("tenant", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    # The group's number; 0 for the home.
    sa.Column("group", sa.Integer, nullable=False),
    # Whether the workshop is: in one conversation one workshop or group at a time, whichever instance let it in.
    sa.Column("live", sa.Boolean, nullable=False),
)
_HELD = sa.text("live")
sa.Index(
    "one_live_workshop_in_a_place",
    places.c.tenant,
    places.c.place,
    unique=True,
    sqlite_where=_HELD,
    postgresql_where=_HELD,
)
sa.Index("places_by_conversation", places.c.tenant, places.c.place)

people = sa.Table(
    "people",
    metadata,
    sa.Column("workshop", sa.ForeignKey("workshops.id"), primary_key=True),
    sa.Column("person", sa.Text, primary_key=True),
    # Whom the workshop got to know first stands first.
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("institution", sa.Text, nullable=False),
    sa.Column("country", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("challenge", sa.Text, nullable=False),
    sa.Column("joined", sa.Boolean, nullable=False),
    sa.Column("facilitator", sa.Boolean, nullable=False),
    sa.Column("moderator", sa.Boolean, nullable=False),
    sa.Column("reserve", sa.Boolean, nullable=False),
)
sa.Index("workshops_of_a_person", people.c.person)

answers = sa.Table(
    "answers",
    metadata,
    sa.Column("workshop", sa.ForeignKey("workshops.id"), primary_key=True),
    sa.Column("prompt", sa.Text, primary_key=True),
    sa.Column("case", sa.Text, primary_key=True),
    sa.Column("round", sa.Integer, primary_key=True),
    sa.Column("author", sa.Text, primary_key=True),
    # The workshop's revision when this was first given: the order of giving, with no counter of its own. 0 where the
    # author is a pseudonym: an order (or a hidden row id) would join it to the same form's named answers.
    sa.Column("given", sa.BigInteger, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

# What moderators wrote of entries in other languages, and whose the entry is: it goes when its author takes that back.
translations = sa.Table(
    "translations",
    metadata,
    sa.Column("workshop", sa.ForeignKey("workshops.id"), primary_key=True),
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

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    # What the first delivery changed, so that the second can be answered with it.
    sa.Column("workshop", sa.Text),
    # When it had its effect.
    sa.Column("at", Instant, nullable=False),
    # Where the key is what it is about: when the last was said, and the activities of that instant.
    sa.Column("said", Instant),
    sa.Column("activity", sa.Text),
)
# No index by age: it would be written with each answer, and is asked once an hour.

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
    sa.Column("workshop", sa.ForeignKey("workshops.id"), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
)
sa.Index("audit_of_a_workshop", audit.c.workshop, audit.c.id)

# What is posted hangs on no foreign key: the publisher must never wait for a workshop's row.
posts = sa.Table(
    "posts",
    metadata,
    sa.Column("workshop", sa.Text, primary_key=True),
    sa.Column("conversation", sa.Text, primary_key=True),
    sa.Column("slot", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("activity_id", sa.Text),
    sa.Column("previous", sa.Text),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("revision", sa.BigInteger, nullable=False),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("at", Instant, nullable=False),
    # Which instance has a call for it under way; "" where none has.
    sa.Column("by", sa.Text, nullable=False, server_default=""),
    # Until when an earlier edit may still land, over what is shown.
    sa.Column("until", Instant),
)

published = sa.Table(
    "published",
    metadata,
    sa.Column("workshop", sa.Text, primary_key=True),
    sa.Column("revision", sa.BigInteger, nullable=False),
)

conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("service_url", sa.Text, nullable=False),
    sa.Column("tenant", sa.Text, nullable=False),
    sa.Column("bot_id", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
)

persons = sa.Table(
    "persons",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("address_id", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("tenant", sa.Text, nullable=False),
    # What Teams says, and what the person chose: the choice counts, however Teams is set later.
    sa.Column("locale", sa.Text),
    sa.Column("chosen", sa.Text),
    sa.Column("service_url", sa.Text, nullable=False),
    sa.Column("chosen_at", Instant),
    # The time zone of their Teams (IANA), as far as it was said.
    sa.Column("zone", sa.Text),
)
sa.Index("persons_by_choice", persons.c.chosen_at)

# Templates that somebody is changing before a workshop is opened; gone after some days.
drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("tenant", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("changes", sa.Text, nullable=False),
    sa.Column("form", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
)
sa.Index("drafts_by_age", drafts.c.at)

own_templates = sa.Table(
    "own_templates",
    metadata,
    sa.Column("tenant", sa.Text, primary_key=True),
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("minutes", sa.Integer, nullable=False),
    sa.Column("languages", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
)

# Private reminders on their way. What was begun is not begun again: nobody is reminded twice. Gone once it is reported.
reminders = sa.Table(
    "reminders",
    metadata,
    sa.Column("workshop", sa.Text, primary_key=True),
    # Which of the workshop's reminders, by its place among them.
    sa.Column("nudge", sa.Integer, primary_key=True),
    # "" stands for the reminder as a whole.
    sa.Column("person", sa.Text, primary_key=True),
    # due (only the whole), sending, reached, unreached.
    sa.Column("state", sa.Text, nullable=False),
)

# What lets somebody into a page, by the digest of what they hold. It hangs on no foreign key: who goes in never waits
# for a workshop's row.
tickets = sa.Table(
    "tickets",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("sort", sa.Text, nullable=False),
    sa.Column("workshop", sa.Text, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("page", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("until", Instant, nullable=False),
    sa.Column("spent", sa.Boolean, nullable=False),
)
sa.Index("tickets_by_age", tickets.c.until)
sa.Index("tickets_of_a_workshop", tickets.c.workshop, tickets.c.person)

leases = sa.Table(
    "leases",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    # Which instance has it, or had it last.
    sa.Column("holder", sa.Text, nullable=False),
    sa.Column("until", Instant, nullable=False),
    # Whether the holder was done: else whatever it began may still take effect after `until`.
    sa.Column("given_back", sa.Boolean, nullable=False),
)

heartbeat = sa.Table(
    "heartbeat",
    metadata,
    sa.Column("instance", sa.Text, primary_key=True),
    sa.Column("at", Instant, nullable=False),
)
