"""Are all sentences translated? `python -m locales.check` says which are not; with `--update` it writes new ones in."""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, normalize, read_po

from locales import LANGUAGES

ROOT = Path(__file__).parent.parent
SPEAKING = ("cards", "drawings", "dialogs", "bot", "reports", "teams_app", "web")
"""The packages that say something to people; those of them that are there are read."""
PLURALS: Mapping[str, str] = {
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "bg": "nplurals=2; plural=(n != 1);",
    "lv": "nplurals=3; plural=(n%10==0 || n%100>=11 && n%100<=19 ? 0 : n%10==1 && n%100!=11 ? 1 : 2);",
    "hu": "nplurals=2; plural=(n != 1);",
}
"""How each language counts whole things (CLDR without the forms for fractions: we count people and answers)."""

_PLACE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence in the code: its one form or two, and the files that say it."""

    one: str
    many: str
    files: tuple[str, ...]


def main(arguments: Sequence[str], root: Path = ROOT, languages: Sequence[str] = LANGUAGES[1:]) -> int:
    """0 where every sentence has its translations; else 1, with a line for each that has not."""
    if list(arguments) not in ([], ["--update"]):
        print("usage: python -m locales.check [--update]", file=sys.stderr)
        return 2
    said, wrong = sentences(root)
    for language in languages:
        path = root / "locales" / language / "LC_MESSAGES" / "kolbot.po"
        if arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(updated(path, language, said), encoding="utf-8", newline="\n")
        wrong += [f"{path.relative_to(root)}: {line}" for line in checked(path, language, said)]
    for line in wrong:
        print(line)
    return 1 if wrong else 0


def sentences(root: Path) -> tuple[dict[str, Found], list[str]]:
    """All sentences by their first form, and what is wrong with how they are written."""
    said: dict[str, Found] = {}
    wrong: list[str] = []
    for package in SPEAKING:
        for path in sorted((root / package).rglob("*.py")):
            file = path.relative_to(root).as_posix()
            for number, forms in _calls(ast.parse(path.read_text(encoding="utf-8"))):
                if forms is None:
                    wrong.append(f"{file}:{number}: what is said has to be a literal sentence")
                    continue
                one, many = forms
                before = said.get(one, Found(one, many, ()))
                if before.many != many:
                    wrong.append(f"{file}:{number}: {one!r} is said elsewhere with another plural form")
                said[one] = Found(one, before.many, tuple(dict.fromkeys((*before.files, file))))
    return said, wrong


def _calls(tree: ast.AST) -> Iterator[tuple[int, tuple[str, str] | None]]:
    """The forms of each `say("…")` and `say.plural("…", "…", n)`; None where they are not written out."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="say"), args=[ast.Constant(value=str(one))]):
                yield node.lineno, (one, "")
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="say"), attr="plural"),
                args=[ast.Constant(value=str(one)), ast.Constant(value=str(many)), _],
            ):
                yield node.lineno, (one, many)
            case ast.Call(func=ast.Name(id="say") | ast.Attribute(value=ast.Name(id="say"), attr="plural")):
                yield node.lineno, None
            case _:
                pass


def checked(path: Path, language: str, said: Mapping[str, Found]) -> list[str]:
    """What is wrong with a catalogue, a line each."""
    if not path.exists():
        return ["there is no such file; --update makes it"]
    try:
        catalogue = _read(path, language)
    except (PoFileError, ValueError) as broken:
        return [f"cannot be read: {broken}"]
    wrong = [f"{one!r}: missing" for one in said if one not in catalogue]
    if f"nplurals={catalogue.num_plurals}; plural={catalogue.plural_expr};" != PLURALS[language]:
        wrong.append(f"Plural-Forms has to be: {PLURALS[language]}")
    wrong += [f"{_forms(key)[0]!r}: obsolete, nobody says it any more" for key in catalogue.obsolete]
    for message in catalogue:
        if message.id:
            wrong += [f"{_forms(message.id)[0]!r}: {what}" for what in _message(message, said)]
    return wrong


def _message(message: Message, said: Mapping[str, Found]) -> Iterator[str]:
    ids, strings = _forms(message.id), _forms(message.string)
    found = said.get(ids[0])
    if found is None:
        yield "obsolete, nobody says it any more"
        return
    if (found.many or None) != (ids[1] if len(ids) > 1 else None):
        yield "its plural form is another one in the code"
        return
    if message.fuzzy:
        yield "fuzzy, somebody has to look at it"
    if not all(string.strip() for string in strings):
        yield "empty"
        return
    allowed = [_places(form) for form in ids]
    for string in strings:
        if _places(string) not in allowed:
            wants = ", ".join(f"{{{name}}}" for name in sorted(allowed[-1])) or "none"
            yield f"wrong places in {string!r}, they have to be: {wants}"


def updated(path: Path, language: str, said: Mapping[str, Found]) -> str:
    """The catalogue with all sentences of the code in alphabetical order, translations kept; no dates, no line
    numbers, no hosts, so that it changes only where a sentence does."""
    before = _read(path, language) if path.exists() else Catalog(language)
    lines = ['msgid ""', 'msgstr ""']
    lines += [f'"{name}: {value}\\n"' for name, value in _header(language).items()]
    for one, found in sorted(said.items()):
        old = before.get(one)
        strings = _forms(old.string) if old is not None and len(_forms(old.id)) == (2 if found.many else 1) else ()
        lines += ["", *(f"#: {file}" for file in found.files)]
        lines += ["#, fuzzy"] if old is not None and old.fuzzy else []
        lines.append(f"msgid {normalize(one)}")
        if found.many:
            lines.append(f"msgid_plural {normalize(found.many)}")
            forms = int(PLURALS[language].split("=")[1].split(";")[0])
            lines += [f"msgstr[{n}] {normalize(strings[n] if n < len(strings) else '')}" for n in range(forms)]
        else:
            lines.append(f"msgstr {normalize(strings[0] if strings else '')}")
    return "\n".join(lines) + "\n"


def _header(language: str) -> Mapping[str, str]:
    return {
        "Language": language,
        "Plural-Forms": PLURALS[language],
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }


def _read(path: Path, language: str) -> Catalog:
    return read_po(io.BytesIO(path.read_bytes()), locale=language, abort_invalid=True)


def _forms(words: object) -> tuple[str, ...]:
    """One form or several, as Babel has them."""
    return tuple(str(form or "") for form in words) if isinstance(words, tuple | list) else (str(words or ""),)


def _places(sentence: str) -> frozenset[str]:
    return frozenset(_PLACE.findall(sentence))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
