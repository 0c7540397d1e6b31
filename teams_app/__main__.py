"""`dev.py package`: builds the app package, or checks one that is there. Exit code 0, or 1 with the reasons."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from teams_app.addresses import GUID, VERSION, Domain, Link
from teams_app.manifest import Installation
from teams_app.package import Wrong, build, faults_of
from teams_app.shapes import Shape, Text

_ABOUT = """\
Builds kolbot-<version>.zip, which an administrator uploads to Teams: manifest, translations and icons. The same options
give the same bytes. What Teams would refuse is refused here, with the reason, and nothing is written."""

_SHAPES: Mapping[str, Shape] = {
    "app-id": GUID,
    "domain": Domain(),
    "teams-app-id": GUID,
    "version": VERSION,
    "name": Text(30),
    "developer": Text(32),
    "website-url": Link(),
    "privacy-url": Link(),
    "terms-url": Link(),
    "pages-url": Link(),
}


def main(arguments: Sequence[str]) -> int:
    """Run the command; 0 done, 1 refused, 2 not understood."""
    said = _options(arguments)
    if said.check is not None:
        return _check(said.check)
    mistaken = _mistaken(said)
    if mistaken:
        return _refused("The package was not built:", mistaken)
    try:
        path = build(_installation(said), said.out)
    except Wrong as wrong:
        return _refused("The package was not built, because Teams would not take it:", wrong.faults)
    except OSError as error:
        return _refused("The package cannot be written:", [f"{error.filename or said.out}: {error.strerror}."])
    print(f"{path} is ready ({path.stat().st_size} bytes, checked).")
    if not said.no_tab:
        print("Its tab signs people in: docs/operator.md says what the registration in Entra has to have for that.")
    print("Upload it in the Teams admin centre (Teams apps, Manage apps), with a higher --version each time.")
    if not (said.website_url and said.privacy_url and said.terms_url):
        print(
            f"Its page in Teams links to https://{said.domain}/, /privacy and /terms where you gave no address; Kolbot "
            "does not serve these. --website-url, --privacy-url and --terms-url name other pages."
        )
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py package", description=_ABOUT, allow_abbrev=False)
    parser.add_argument("--app-id", metavar="GUID", help="the bot's app id, as in MICROSOFT_APP_ID")
    parser.add_argument("--domain", metavar="HOST", help="the host name in PUBLIC_URL, as bot.example.org")
    parser.add_argument("--teams-app-id", metavar="GUID", help="the package's own id; without it, the bot's app id")
    parser.add_argument("--version", default="1.0.0", help="three whole numbers; higher for each upload (%(default)s)")
    parser.add_argument("--out", default=Path("dist"), type=Path, metavar="FOLDER", help="where to (%(default)s)")
    parser.add_argument("--name", default="Kolbot", help="the name in Teams, at most 30 characters (%(default)s)")
    parser.add_argument("--developer", metavar="NAME", help="who runs it, at most 32 characters; else the domain")
    parser.add_argument("--website-url", metavar="URL", help="where people find support")
    parser.add_argument("--privacy-url", metavar="URL", help="the privacy notice")
    parser.add_argument("--terms-url", metavar="URL", help="the terms of use")
    parser.add_argument("--pages-url", metavar="URL", help="PUBLIC_URL with /pages; without, https://HOST/pages")
    parser.add_argument("--no-tab", action="store_true", help="without the tab, as where PAGES=off")
    parser.add_argument("--check", type=Path, metavar="ZIP", help="build nothing: say what is wrong with this package")
    said = parser.parse_args(arguments)
    missing = [f"--{name}" for name in ("app-id", "domain") if getattr(said, name.replace("-", "_")) is None]
    if said.check is None and missing:
        parser.error(f"{' and '.join(missing)} missing (or --check ZIP, to check a package)")
    return said


def _mistaken(said: argparse.Namespace) -> list[str]:
    """What is wrong with the options, by the names that they were given under; the manifest repeats some of them."""
    return [
        fault
        for name, shape in _SHAPES.items()
        if (value := getattr(said, name.replace("-", "_"))) is not None
        for fault in shape.faults(value, f"--{name}")
    ]


def _installation(said: argparse.Namespace) -> Installation:
    # Ids are compared by letter in the Application ID URI: one way of writing them, as Entra shows them.
    return Installation(
        app_id=_lower(said.app_id),
        teams_app_id=_lower(said.teams_app_id or said.app_id),
        domain=said.domain,
        version=said.version,
        name=said.name,
        developer=said.developer or said.domain[:32],
        website=said.website_url or f"https://{said.domain}/",
        privacy=said.privacy_url or f"https://{said.domain}/privacy",
        terms=said.terms_url or f"https://{said.domain}/terms",
        pages="" if said.no_tab else (said.pages_url or f"https://{said.domain}/pages").rstrip("/"),
    )


def _lower(identifier: str) -> str:
    return identifier.lower() if not any(GUID.faults(identifier, "")) else identifier


def _check(path: Path) -> int:
    try:
        content = path.read_bytes()
    except OSError as error:
        return _refused("The package cannot be read:", [f"{path}: {error.strerror}."])
    faults = faults_of(content)
    if faults:
        return _refused(f"{path} is not a package that Teams takes:", faults)
    print(f"{path} is right: {len(content)} bytes.")
    return 0


def _refused(opening: str, faults: Sequence[str]) -> int:
    print(opening, *(f"  - {fault}" for fault in faults), sep="\n", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
