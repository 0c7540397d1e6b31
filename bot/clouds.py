"""Where each Microsoft cloud has its keys, tokens and services; no other address is ever believed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

# A service address as Teams writes it: origin and plain path. Everything else (user, query, fragment,
# backslash, percent, blanks) is refused, so that no second parser can read another host out of it.
_SERVICE = re.compile(r"(https?)://([A-Za-z0-9.-]+|\[::1\])(?::([0-9]{1,5}))?((?:/[A-Za-z0-9._~-]*)*)\Z")
_VISIBLE = re.compile(r"[!-\[\]-~]+")
"""ASCII without blanks and without a backslash, which browsers read as a slash."""


@dataclass(frozen=True, slots=True)
class Cloud:
    """One cloud. `hosts`: exact names, or suffixes that start with a dot. `origin`: the rehearsal room's."""

    name: str
    metadata_url: str  # OpenID metadata of the keys that sign what Teams sends
    issuer: str  # of those tokens
    login: str  # authority for the bot's own token, without tenant
    login_tenant: str  # tenant for an old multi-tenant registration
    sts: str  # issuer of people's tokens of version 1, without tenant; of version 2 it is `login`
    scope: str  # of the bot's own token
    hosts: tuple[str, ...]
    files: tuple[str, ...]  # where people's files are: suffixes of the host
    origin: str = ""

    def believes(self, service_url: object) -> bool:
        """True if the bot's own token may be sent to this service address."""
        if not isinstance(service_url, str) or len(service_url) > 500:
            return False
        match = _SERVICE.match(service_url)
        if match is None or ".." in match[4]:
            return False
        scheme, host, port = match[1], match[2].lower(), match[3]
        if self.origin:
            return f"{scheme}://{host}{':' + port if port else ''}" == self.origin
        if scheme != "https" or port not in (None, "443"):
            return False
        return any(host.endswith(known) if known.startswith(".") else host == known for known in self.hosts)

    def holds_files_at(self, url: object) -> bool:
        """True if a file may be fetched there: the address in a message is whatever the sender's client wrote."""
        if not isinstance(url, str) or len(url) > 4000 or not _VISIBLE.fullmatch(url):
            return False
        if self.origin:
            return url.startswith(self.origin + "/files/")
        try:
            parts = urlsplit(url)
            port, host = parts.port, (parts.hostname or "").lower()
        except ValueError:
            return False
        plain = parts.scheme == "https" and port in (None, 443) and "@" not in parts.netloc
        return plain and any(host.endswith(known) for known in self.files)

    def keys_of_people_at(self, tenant: str = "") -> str:
        """Where the keys are that sign people in, of a tenant or of all (Microsoft identity platform)."""
        return f"{self.login}/{tenant or 'common'}/discovery/v2.0/keys"

    def issuers_of(self, tenant: str) -> tuple[str, str]:
        """Who signs for people of this tenant, in tokens of version 2 and 1."""
        return f"{self.login}/{tenant}/v2.0", f"{self.sts}/{tenant}/"

    def believes_keys_at(self, url: object) -> bool:
        """True if signing keys may be fetched there: an address that the metadata document named."""
        if not isinstance(url, str):
            return False
        return url.startswith(self.origin + "/" if self.origin else "https://")


# Sources: microsoft/teams.py cloud_environment.py (logins, scopes, issuers, metadata); Microsoft's page on
# proactive messages (service hosts). Files lie in the person's OneDrive, which is SharePoint's host of the cloud
# (Microsoft 365 URLs and IP address ranges). China: the Bot Framework's domain there, Microsoft names no other.
_PUBLIC = Cloud(
    name="public",
    metadata_url="https://login.botframework.com/v1/.well-known/openidconfiguration",
    issuer="https://api.botframework.com",
    login="https://login.microsoftonline.com",
    login_tenant="botframework.com",
    sts="https://sts.windows.net",
    scope="https://api.botframework.com/.default",
    hosts=("smba.trafficmanager.net",),
    files=(".sharepoint.com",),
)
_GCCH = Cloud(
    name="gcch",
    metadata_url="https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
    issuer="https://api.botframework.us",
    login="https://login.microsoftonline.us",
    login_tenant="MicrosoftServices.onmicrosoft.us",
    sts="https://sts.windows.net",
    scope="https://api.botframework.us/.default",
    hosts=("smba.infra.gov.teams.microsoft.us",),
    files=(".sharepoint.us",),
)
_CHINA = Cloud(
    name="china",
    metadata_url="https://login.botframework.azure.cn/v1/.well-known/openidconfiguration",
    issuer="https://api.botframework.azure.cn",
    login="https://login.partner.microsoftonline.cn",
    login_tenant="microsoftservices.partner.onmschina.cn",
    sts="https://sts.chinacloudapi.cn",
    scope="https://api.botframework.azure.cn/.default",
    hosts=(".botframework.azure.cn",),
    files=(".sharepoint.cn",),
)
_CLOUDS = {
    "public": _PUBLIC,
    "gcc": replace(_PUBLIC, name="gcc", hosts=("smba.infra.gcc.teams.microsoft.com",)),
    "gcch": _GCCH,
    "dod": replace(_GCCH, name="dod", hosts=("smba.infra.dod.teams.microsoft.us",), files=(".sharepoint-mil.us",)),
    "china": _CHINA,
}


def cloud_named(name: str, rehearsal_url: str = "") -> Cloud:
    """The cloud of the setting CLOUD. `rehearsal_url` is the rehearsal room's origin, checked to be loopback.

    The room speaks as the public cloud does, from its own address and with its own key. Raises KeyError
    for an unknown name, and ValueError for a rehearsal without an address.
    """
    if name != "rehearsal":
        return _CLOUDS[name]
    origin = rehearsal_url.rstrip("/")
    if not origin:
        raise ValueError("a rehearsal needs the room's address")
    return replace(
        _PUBLIC,
        name="rehearsal",
        metadata_url=f"{origin}/v1/.well-known/openidconfiguration",
        login=origin,
        login_tenant="",
        sts=origin,
        hosts=(),
        files=(),
        origin=origin,
    )
