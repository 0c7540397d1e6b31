"""What every server of a benchmark is asked: the same people, activities and signed tokens. It sends nothing."""

from __future__ import annotations

import base64
import json
import time
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

APP_ID = "00000000-0000-0000-0000-0000000000ab"
ISSUER = "https://api.botframework.com"
TENANT = "11111111-1111-4111-8111-111111111111"
HOST = "127.0.0.1"
KID = "bench"
PLAN = "kolb-peer-learning-210"
PROMPT = "K1"
MARK = b"@@activity00@@"
"""Where each request gets an activity id of its own: the same length, so that no header changes."""
WHEN = b"2026-11-22T09:00:00.000Z"
"""Where each gets the time at which it is sent, of the same length too."""


@dataclass(frozen=True, slots=True)
class Signer:
    """The key that signs what "Teams" sends, and its public half as JWKS."""

    private: rsa.RSAPrivateKey

    @classmethod
    def new(cls) -> Signer:
        return cls(rsa.generate_private_key(public_exponent=65537, key_size=2048))

    def jwks(self) -> dict[str, Any]:
        numbers = self.private.public_key().public_numbers()
        key = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": KID, "endorsements": ["msteams"]}
        return {"keys": [{**key, "n": _number(numbers.n), "e": _number(numbers.e)}]}

    def token(self, service_url: str, unique: int = 0) -> str:
        """A token as the Bot Connector signs it, good for an hour; each `unique` is another token."""
        now = int(time.time())
        claims: dict[str, Any] = {"iss": ISSUER, "aud": APP_ID, "serviceurl": service_url, "nbf": now - 300}
        claims |= {"exp": now + 3600, "jti": f"{unique:08d}"}
        return jwt.encode(claims, self.private, algorithm="RS256", headers={"kid": KID})


def home(workshop: int) -> str:
    """The conversation (a thread of a channel) that a workshop is held in."""
    return f"19:bench{workshop:04d}@thread.tacv2;messageid=1700000000000"


def workshop_id(workshop: int) -> str:
    """A workshop's id."""
    return f"bench-workshop-{workshop:04d}"


def object_id(person: int) -> str:
    """A person's Entra object id."""
    return f"22222222-2222-4222-8222-{person:012d}"


def person_id(person: int) -> str:
    """How Kolbot knows a person: home tenant and object id."""
    return f"{TENANT}:{object_id(person)}"


def submit(service_url: str, workshop: int, person: int) -> bytes:
    """The body of a dialog's `task/submit` with an answer of three lines, with `MARK` for its activity id, which is
    in the words too: what changes nothing need not be posted."""
    activity = {
        "type": "invoke",
        "name": "task/submit",
        "id": MARK.decode(),
        "timestamp": WHEN.decode(),
        "localTimestamp": "2026-11-22T10:00:00.000+01:00",
        "localTimezone": "Europe/Warsaw",
        "channelId": "msteams",
        "serviceUrl": service_url,
        "locale": "en-GB",
        "from": {"id": f"29:person-{person:06d}", "name": f"Person {person}", "aadObjectId": object_id(person)},
        "recipient": {"id": f"28:{APP_ID}", "name": "Kolbot"},
        "conversation": {
            "id": home(workshop),
            "conversationType": "channel",
            "isGroup": True,
            "tenantId": TENANT,
            "name": "Peer learning",
        },
        "channelData": {
            "tenant": {"id": TENANT},
            "source": {"name": "message"},
            "team": {"id": "19:bench@thread.tacv2"},
            "channel": {"id": "19:bench@thread.tacv2"},
        },
        "entities": [{"locale": "en-GB", "country": "GB", "platform": "Web", "type": "clientInfo"}],
        "value": {
            "data": {
                "verb": "submit",
                "w": workshop_id(workshop),
                "step": 0,
                "stage": "knowledge",
                "prompts": [{"id": PROMPT, "kind": "words", "required": True, "max_entries": 3, "max_chars": 140}],
                f"a.{PROMPT}.": f"Mentoring of new staff\nOpen office hours\nChecklist {MARK.decode()}",
            },
            "context": {"theme": "default"},
        },
    }
    return json.dumps(activity, ensure_ascii=False, separators=(",", ":")).encode()


def request(body: bytes, token: str) -> tuple[bytes, ...]:
    """A whole HTTP request, in parts between which the activity's id belongs."""
    head = (
        f"POST /api/messages HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json; charset=utf-8\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    first, *rest = body.split(MARK)
    return (head.encode() + first, *rest)


def _number(value: int) -> str:
    return base64.urlsafe_b64encode(value.to_bytes((value.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()
