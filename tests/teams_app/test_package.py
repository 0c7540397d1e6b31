"""The zip and the command: same bytes for the same input, refused zips, and that a refusal leaves nothing behind."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from teams_app.__main__ import main
from teams_app.package import Wrong, build, faults_of, files_of
from teams_app.zipped import packed, unpacked
from tests.teams_app.sample import APP, OURS, files
from tools.package import from_here

OPTIONS = ["--app-id", APP, "--domain", "bot.example.org"]


def zip_of(*entries: tuple[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return into.getvalue()


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = build(OURS, tmp_path / "a"), build(OURS, tmp_path / "b" / "c")
    assert first.name == second.name == "kolbot-1.2.3.zip"
    assert first.read_bytes() == second.read_bytes()
    assert faults_of(first.read_bytes()) == []


def test_the_order_of_the_files_does_not_matter() -> None:
    right = files_of(OURS)
    assert packed(right) == packed(dict(reversed(right.items())))
    assert unpacked(packed(right)) == right


def test_another_version_is_another_file(tmp_path: Path) -> None:
    build(OURS, tmp_path)
    build(replace(OURS, version="1.2.4"), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kolbot-1.2.3.zip", "kolbot-1.2.4.zip"]


def test_a_zip_packed_by_other_means_is_right_too() -> None:
    assert faults_of(zip_of(*files_of(OURS).items())) == []


@pytest.mark.parametrize(
    ("package", "words"),
    [
        (b"", "The package is no zip, or a damaged one."),
        (b"PK\x03\x04", "The package is no zip, or a damaged one."),
        (packed(files())[:-30], "The package is no zip, or a damaged one."),
        (packed(files()).replace(b'"manifestVersion"', b'"manifestversion"'), "no zip, or a damaged one."),
        (zip_of(*((f"kolbot/{name}", content) for name, content in files().items())), "lies in a folder; all files"),
        (zip_of(("..\\manifest.json", b"{}")), "lies in a folder"),
        (zip_of(("manifest.json", b"{}"), ("Manifest.json", b"{}")), "is in the package more than once"),
        (zip_of(("manifest.json", b" " * 2_000_000)), "have more than 1048576 bytes together; no package"),
        (bytes(2_000_000), "The package has 2000000 bytes; at most 1048576 are allowed."),
        (zip_of(), "manifest.json is missing; it has to lie at the root of the zip."),
        (zip_of(*files().items(), ("notes.txt", b"x")), "“notes.txt” is in the package, and nothing in the manifest"),
    ],
)
def test_a_wrong_zip_is_refused_with_the_reason(package: bytes, words: str) -> None:
    faults = faults_of(package)
    assert any(words in fault for fault in faults), faults


def test_an_encrypted_zip_is_refused() -> None:
    package = bytearray(packed(files()))
    entry = package.index(b"PK\x01\x02")
    package[entry + 8] |= 1
    assert "The package is encrypted; Teams cannot open it." in faults_of(bytes(package))


def test_what_is_refused_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(Wrong) as refused:
        build(replace(OURS, name="K" * 31), tmp_path / "dist")
    assert any("name.short has 31 characters" in fault for fault in refused.value.faults)
    assert not (tmp_path / "dist").exists()


def test_a_refusal_does_not_touch_an_older_package(tmp_path: Path) -> None:
    before = build(OURS, tmp_path).read_bytes()
    with pytest.raises(Wrong):
        build(replace(OURS, domain="Example"), tmp_path)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [before]


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    in_the_way = tmp_path / "kolbot-1.2.3.zip"
    in_the_way.mkdir()
    with pytest.raises(OSError):
        build(OURS, tmp_path)
    assert list(tmp_path.iterdir()) == [in_the_way]


def test_the_command_builds_and_then_checks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*OPTIONS, "--out", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "kolbot-1.0.0.zip is ready" in said
    assert "--privacy-url" in said
    assert main(["--check", str(tmp_path / "kolbot-1.0.0.zip")]) == 0
    assert "is right" in capsys.readouterr().out


def test_the_tab_is_where_the_pages_are_or_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = {"a": ["--pages-url", "https://bot.example.org/kolbot/pages/"], "b": ["--no-tab"], "c": []}
    for name, more in options.items():
        assert main([*OPTIONS, *more, "--out", str(tmp_path / name)]) == 0
        assert ("docs/operator.md" in capsys.readouterr().out) == (name != "b")
    built = {name: (tmp_path / name / "kolbot-1.0.0.zip").read_bytes() for name in options}
    assert b"https://bot.example.org/kolbot/pages/tab/configure?" in built["a"]
    assert b"Tabs" not in built["b"]
    assert b"https://bot.example.org/pages/tab/configure?" in built["c"]


def test_the_ids_are_written_in_one_way(tmp_path: Path) -> None:
    assert main([*OPTIONS, "--out", str(tmp_path / "a")]) == 0
    loud = ["--app-id", APP.upper(), "--teams-app-id", APP.upper(), *OPTIONS[2:]]
    assert main([*loud, "--out", str(tmp_path / "b")]) == 0
    assert (tmp_path / "a/kolbot-1.0.0.zip").read_bytes() == (tmp_path / "b/kolbot-1.0.0.zip").read_bytes()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--app-id", "kolbot"], "--app-id is “kolbot”; it has to be a GUID"),
        (["--teams-app-id", ""], "--teams-app-id is “”; it has to be a GUID"),
        (["--domain", "https://bot.example.org"], "--domain is “https://bot.example.org”, which holds a scheme"),
        (["--version", "../../1.0.0"], "--version is “../../1.0.0”; it has to be three whole numbers"),
        (["--name", "K" * 31], "--name has 31 characters; at most 30 are allowed."),
        (["--name", "\udcff"], "manifest.json is not UTF-8"),
        (["--developer", ""], "--developer is empty; it needs 1 to 32 characters."),
        (["--privacy-url", "http://example.org"], "--privacy-url is “http://example.org”; it has to be an https"),
        (["--pages-url", "http://bot.example.org/pages"], "--pages-url is “http://bot.example.org/pages”; it"),
        (["--pages-url", "https://other.example/pages"], "is at “other.example”, which is not in validDomains"),
        (["--app-id", "00000000-0000-0000-0000-0000000000ab"], "the id reserved for rehearsals"),
    ],
)
def test_a_wrong_option_ends_with_1_and_the_reason(
    options: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*OPTIONS, *options, "--out", str(tmp_path / "dist")]) == 1
    assert words in capsys.readouterr().err
    assert not (tmp_path / "dist").exists()


def test_a_broken_package_ends_with_1_and_the_reasons(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "broken.zip"
    path.write_bytes(packed(files(lambda content: content.update(manifestVersion="1.25"))))
    assert main(["--check", str(path)]) == 1
    assert "  - manifestVersion is “1.25”; it has to be “1.29”." in capsys.readouterr().err


def test_what_cannot_be_read_or_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert main(["--check", str(tmp_path / "none.zip")]) == 1
    assert main([*OPTIONS, "--out", str(tmp_path / "file")]) == 1
    said = capsys.readouterr().err
    assert "The package cannot be read" in said
    assert "The package cannot be written" in said


def test_without_an_id_it_says_which_option_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--domain", "bot.example.org"])
    assert ended.value.code == 2
    assert "--app-id missing" in capsys.readouterr().err


def test_places_are_meant_from_where_the_person_stands() -> None:
    here = Path("/home/somebody")
    assert from_here(["--out", "dist", "--check=a.zip", "--name", "dist"], here) == [
        "--out", "/home/somebody/dist", "--check=/home/somebody/a.zip", "--name", "dist",
    ]  # fmt: skip
    assert from_here(["--out", "/tmp/x"], here) == ["--out", "/tmp/x"]
