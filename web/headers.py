"""What every answer to a browser says beside its content: where it may be shown, what it may load, who may keep it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_TEAMS: Final = ("https://teams.microsoft.com", "https://*.teams.microsoft.com", "https://*.cloud.microsoft")
FRAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "public": _TEAMS,
    "gcc": _TEAMS,
    "gcch": ("https://gov.teams.microsoft.us", "https://*.gov.teams.microsoft.us"),
    "dod": ("https://dod.teams.microsoft.us", "https://*.dod.teams.microsoft.us"),
    "china": ("https://teams.microsoftonline.cn", "https://*.teams.microsoftonline.cn"),
}
"""By cloud, the pages that a page of ours may stand in: Teams' own (Microsoft Learn, "Configure domains for Teams
tabs" and the hosts that TeamsJS believes). A rehearsal's is the room's origin."""


@dataclass(frozen=True, slots=True)
class Script:
    """A script of somebody else's: where it is, and the only content that is run (Subresource Integrity)."""

    address: str
    integrity: str


TEAMS_JS: Final = Script(
    "https://res.cdn.office.net/teams-js/2.58.0/js/MicrosoftTeams.min.js",
    "sha384-sMo/EOqQPa1OCup2/VBRum7oFeOS22kvs8WGDc45xK53tUVZzFR5WwFYDUYN1LO4",
)
"""What a tab speaks to Teams with (docs/decisions/0009-tab.md says where the digest is from)."""

NO_STORE: Final = "no-store"
FOR_EVER: Final = "public, max-age=31536000, immutable"
"""For what has its content's digest in its address."""


def teams_script(cloud: str, rehearsal_url: str = "") -> Script:
    """Teams' script for tabs; of a rehearsal, which is on this machine alone, the room's stand-in for it."""
    return Script(f"{rehearsal_url.rstrip('/')}/static/teams.js", "") if cloud == "rehearsal" else TEAMS_JS


def headers_for(cloud: str, rehearsal_url: str = "", script: Script | None = None) -> Mapping[str, str]:
    """The headers of every answer; of a tab's pages, with the one script that they may load from elsewhere.
    `rehearsal_url`: the room's origin, where the cloud is a rehearsal."""
    frames = (rehearsal_url.rstrip("/"),) if cloud == "rehearsal" else FRAMES[cloud]
    policy = {
        "default-src": "'none'",
        "script-src": "'self'" + (f" {script.address}" if script else ""),
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": " ".join(frames),
    }
    return {
        "Content-Security-Policy": "; ".join(f"{what} {where}" for what, where in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
        "X-Robots-Tag": "noindex, nofollow",
    }
