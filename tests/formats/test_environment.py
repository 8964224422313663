"""What `doctor` reports and `build` demands of a machine that we make up."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Callable, Collection
from pathlib import Path

import pytest

from briefgen.cli.doctor import report_lines
from briefgen.formats.environment import (
    DISTRIBUTIONS,
    FONTS,
    Finding,
    Probes,
    inspect_environment,
    require_fonts,
    require_git,
    require_pango,
)
from briefgen.problems import WrongEnvironment

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


def dlopen_without(*missing: str) -> Callable[[str], object]:
    """A loader that knows every Linux library but those whose name begins so."""

    def dlopen(name: str) -> object:
        if not name.endswith((".so.0", ".so.1")) or name.startswith(missing):
            raise OSError(name)
        return object()

    return dlopen


def which_of(*programs: str) -> Callable[[str], str | None]:
    return lambda name: f"/usr/bin/{name}" if name in programs else None


def machine(
    *,
    missing: Collection[str] = (),
    programs: Collection[str] = ("apt-get", "git", "soffice", "pdftoppm", "chromium"),
    root: bool = False,
) -> Probes:
    return Probes(
        dlopen=dlopen_without(*missing),
        which=which_of(*programs),
        version_of=lambda _distribution: "1.0",
        faces_of=lambda package: (Path(package) / "Regular.ttf",),
        is_root=lambda: root,
    )


def finding(name: str, probes: Probes) -> Finding:
    return next(found for found in inspect_environment(probes) if found.name == name)


def test_a_complete_machine_has_nothing_to_mend() -> None:
    findings = inspect_environment(machine())

    assert all(found.ok and found.mend is None for found in findings)


def test_this_machine_can_make_every_format() -> None:
    lacking = [found for found in inspect_environment() if not found.ok]

    assert lacking == []


def test_pango_is_reported_with_its_version() -> None:
    pango = next(found for found in inspect_environment() if found.name == "Pango")

    assert pango.detail.count(".") == 2


@pytest.mark.parametrize("library", ["libpango-1.0", "libpangoft2-1.0"])
def test_a_missing_pango_is_named_with_the_command_that_mends_it(library: str) -> None:
    with pytest.raises(WrongEnvironment) as raised:
        require_pango(machine(missing=[library]))

    assert str(raised.value) == (
        f"Pango: {library}.so.0 cannot be loaded; PDF needs it\n"
        "  help: sudo apt-get update && sudo apt-get install -y --no-install-recommends"
        " libpango-1.0-0 libpangoft2-1.0-0"
    )
    assert raised.value.exit_code == 3


@pytest.mark.parametrize(
    ("manager", "root", "command"),
    [
        (
            "apt-get",
            True,
            (
                "apt-get update && apt-get install -y --no-install-recommends"
                " libpango-1.0-0 libpangoft2-1.0-0"
            ),
        ),
        ("dnf", False, "sudo dnf install -y pango"),
        ("dnf", True, "dnf install -y pango"),
        (
            "brew",
            False,
            "brew install pango && export DYLD_FALLBACK_LIBRARY_PATH=$(brew --prefix)/lib",
        ),
    ],
)
def test_the_command_is_in_the_words_of_the_system(manager: str, root: bool, command: str) -> None:  # noqa: FBT001
    probes = machine(missing=["libpango"], programs=[manager], root=root)

    assert finding("Pango", probes).mend == command


def test_an_unknown_system_is_not_given_a_made_up_command() -> None:
    probes = machine(missing=["libpango"], programs=[])

    assert finding("Pango", probes).mend is None
    with pytest.raises(
        WrongEnvironment, match="help: install it with your system's package manager"
    ):
        require_pango(probes)


def test_a_missing_subsetter_is_a_note_and_stops_nothing() -> None:
    probes = machine(missing=["libharfbuzz-subset"])

    subsetter = finding("HarfBuzz subset", probes)
    require_pango(probes)

    assert (subsetter.ok, subsetter.required) == (False, False)
    assert subsetter.mend is not None
    assert subsetter.mend.endswith("libharfbuzz-subset0")


def test_programs_that_only_tests_need_are_notes() -> None:
    findings = inspect_environment(machine(programs=["apt-get", "git"]))

    lacking = {found.name for found in findings if not found.ok}

    assert lacking == {"LibreOffice", "pdftoppm", "Chromium"}
    assert not any(found.required for found in findings if not found.ok)


def test_git_is_a_note_until_a_comparison_needs_it() -> None:
    probes = machine(programs=["apt-get"])

    git = finding("git", probes)

    assert (git.ok, git.required) == (False, False)
    with pytest.raises(WrongEnvironment) as raised:
        require_git(probes)
    assert str(raised.value) == (
        "git: not found; comparing with an earlier state of the data needs it\n"
        "  help: sudo apt-get update && sudo apt-get install -y --no-install-recommends git"
    )
    assert require_git(machine()) == "/usr/bin/git"


@pytest.mark.parametrize("package", FONTS)
def test_missing_font_files_are_named_with_the_command_that_mends_it(package: str) -> None:
    probes = Probes(faces_of=lambda asked: () if asked == package else (Path("Regular.ttf"),))

    with pytest.raises(WrongEnvironment) as raised:
        require_fonts(probes)

    distribution = package.replace("_", "-")
    assert str(raised.value).startswith(f"{distribution}: its font files are missing;")
    assert str(raised.value).endswith(f"-m pip install --force-reinstall {distribution}")


def test_a_missing_python_package_is_required() -> None:
    probes = Probes(version_of=lambda name: None if name == "weasyprint" else "1.0")

    weasyprint = finding("weasyprint", probes)

    assert (weasyprint.ok, weasyprint.required) == (False, True)
    assert weasyprint.mend is not None
    assert weasyprint.mend.endswith("-m pip install 'weasyprint>=70,<71'")


def test_doctor_asks_for_the_versions_that_the_project_asks_for() -> None:
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]

    assert {requirement for requirement, _ in DISTRIBUTIONS.values()} <= set(
        project["dependencies"]
    )


def test_the_report_is_aligned_and_puts_each_command_below_its_lack() -> None:
    findings = [
        Finding("Pango", ok=False, detail="gone", mend="mend pango", needed_for="PDF"),
        Finding("fonts", ok=True, detail="12 faces", mend=None, needed_for="layouts"),
        Finding("x", ok=False, detail="gone", mend=None, needed_for="tests", required=False),
    ]

    assert report_lines(findings) == [
        "missing  Pango  gone (for PDF)",
        "         help: mend pango",
        "ok       fonts  12 faces",
        "note     x      gone (for tests)",
    ]


def test_asking_for_pango_imports_nothing_heavy() -> None:
    code = (
        "import sys; from briefgen.formats.environment import require_pango; require_pango();"
        "print({'weasyprint', 'cffi', 'docx', 'lxml'} & set(sys.modules))"
    )

    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert asked.stdout == "set()\n"
