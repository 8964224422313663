"""The recipe script on machines that we make up: a PATH of a few stub programs.

Nothing here installs anything or needs the network.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from briefgen.formats.environment import LIBRARIES, PACKAGES

ROOT = Path(__file__).parents[1]
EVERYDAY_TOOLS = ("cat", "dirname", "env", "readlink", "rm", "sed", "sort", "tr", "uname")
APT = "sudo apt-get update && sudo apt-get install -y --no-install-recommends"

PINNED = re.compile(
    r"(?P<name>[a-z0-9-]+)==(?P<version>[a-z0-9.]+)"
    r"(?: ; [\w.'=!<> ()]+)?"
    r"(?P<hashes>(?: \\\n    --hash=sha256:[0-9a-f]{64})*)\n"
)


# --- Machines -----------------------------------------------------------------


@dataclass(frozen=True)
class Machine:
    """A copy of the script in a folder whose name has a space, and its own PATH."""

    home: Path
    path: Path

    @property
    def project(self) -> Path:
        return self.home / "a project"

    def add_program(self, name: str, body: str) -> None:
        program = self.path / name
        program.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        program.chmod(0o755)

    def add_python(self, *, missing: str = "", venv: str = "exit 1") -> None:
        """A Python that cannot load `missing` and answers `-m venv` with `venv`."""
        self.add_program(
            "python3.11",
            f"""case "$*" in
                *"-m venv"*) {venv} ;;
                *CDLL*) for name in {missing}; do echo "$name"; done ;;
                *version_info*) echo "3.11 $0" ;;
                *) exit 1 ;;
            esac""",
        )

    def run(
        self, *arguments: str, script: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", str(script or self.project / "run"), *arguments],
            cwd=self.home,
            env={"PATH": str(self.path), **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def stranger(tmp_path: Path) -> Machine:
    """A Debian machine of a user who is not root and has no sudo."""
    machine = Machine(home=tmp_path, path=tmp_path / "bin")
    machine.path.mkdir()
    machine.project.mkdir()
    for name in ("run", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, machine.project)
    for name in EVERYDAY_TOOLS:
        found = shutil.which(name)
        assert found is not None
        (machine.path / name).symlink_to(found)
    machine.add_program("id", "echo 1000")
    machine.add_program("apt-get", f'echo "$*" >>"{tmp_path}/apt.log"')
    machine.add_program("apt-cache", "exit 0")
    machine.add_program("find", "exit 0")
    return machine


def make_root(machine: Machine) -> None:
    machine.add_program("id", "echo 0")


def install_fake_environment(machine: Machine) -> None:
    """An environment that ./run takes for whole, and that echoes what it is asked."""
    folder = machine.project / ".venv" / "bin"
    folder.mkdir(parents=True)
    python = folder / "python"
    python.write_text(
        '#!/bin/sh\ncase "$*" in *hashlib*) echo same ;; *) printf "%s|" "$PWD" "$@" ;; esac\n',
        encoding="utf-8",
    )
    python.chmod(0o755)
    (folder.parent / ".stamp").write_text("same\n", encoding="utf-8")


# --- The script itself --------------------------------------------------------


def test_shellcheck_has_nothing_to_say() -> None:
    shellcheck = shutil.which("shellcheck")
    assert shellcheck is not None

    checked = subprocess.run(
        [shellcheck, "run", ".ci/run", ".ci/action"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.stdout == ""
    assert checked.returncode == 0


def recipes(script: str) -> set[str]:
    choices = script.partition("case $recipe in")[2]
    arms = re.findall(r"^    ([a-z][a-z| -]*)\)", choices, flags=re.MULTILINE)
    return {name for arm in arms for name in arm.split(" | ") if not name.startswith("-")}


def test_help_lists_every_recipe(stranger: Machine) -> None:
    helped = stranger.run("help")
    listed = set(re.findall(r"^  ([a-z-]+) ", helped.stdout, flags=re.MULTILINE))

    assert listed == recipes((ROOT / "run").read_text(encoding="utf-8"))
    assert {"build", "check", "test", "lint", "docs", "update-golden", "bench", "lock"} <= listed
    assert (helped.returncode, helped.stderr) == (0, "")


def test_without_a_recipe_the_help_is_shown(stranger: Machine) -> None:
    assert stranger.run().stdout == stranger.run("help").stdout


def test_an_unknown_recipe_is_wrong_usage(stranger: Machine) -> None:
    refused = stranger.run("biuld")

    assert refused.returncode == 2
    assert refused.stderr == 'run: there is no recipe "biuld"; ./run help lists them\n'


def test_continuous_integration_runs_the_recipe_of_developers() -> None:
    script = ROOT / ".ci" / "run"

    assert script.read_text(encoding="utf-8").splitlines()[-1] == "exec ./run test"
    assert script.stat().st_mode & 0o111


def test_the_script_and_doctor_name_the_same_libraries_and_packages() -> None:
    script = (ROOT / "run").read_text(encoding="utf-8")
    stems = [
        names[0].removeprefix("lib").removesuffix(".so.0")
        for groups in LIBRARIES.values()
        for names in groups
    ]
    # The script installs what documents need; whoever runs it in a clone has git.
    needed = [managers for name, managers in PACKAGES.items() if name != "git"]
    packages = " ".join(name for managers in needed for name in managers.values())

    assert [stem for stem in stems if f'"{stem}"' not in script] == []
    assert [name for name in packages.split() if f"echo {name} " not in script] == [
        "libreoffice-writer-nogui"  # asked for through in_lists
    ]


# --- What is missing ----------------------------------------------------------


def test_a_missing_python_is_named_with_the_exact_command(stranger: Machine) -> None:
    stranger.add_program("apt-cache", '[ "$2" = python3.11 ]')

    stopped = stranger.run("build")

    assert stopped.returncode == 3
    assert stopped.stderr == (
        f"run: Python 3.11 or newer is needed; this mends it:\n  {APT} python3.11 python3.11-venv\n"
    )


def test_a_python_that_is_too_old_does_not_serve(stranger: Machine) -> None:
    stranger.add_program("python3", "exit 1")

    stopped = stranger.run("build", PYTHON="python3")

    assert stopped.returncode == 3
    assert stopped.stderr.startswith("run: PYTHON=python3 does not serve; Python 3.11 or newer")


def test_a_missing_pango_is_named_with_the_exact_command(stranger: Machine) -> None:
    stranger.add_python(missing="pango-1.0 pangoft2-1.0")

    stopped = stranger.run("build")

    assert stopped.returncode == 3
    assert stopped.stderr == (
        "run: missing: pango-1.0 pangoft2-1.0; this mends it:\n"
        f"  {APT} libpango-1.0-0 libpangoft2-1.0-0\n"
    )
    assert not (stranger.home / "apt.log").exists()


def test_a_missing_venv_module_is_the_package_of_that_python(stranger: Machine) -> None:
    stranger.add_python(missing="venv")

    assert stranger.run("build").stderr.endswith(f"  {APT} python3.11-venv\n")


def test_being_ready_is_an_environment_and_the_programs_that_are_named(stranger: Machine) -> None:
    install_fake_environment(stranger)
    ready = stranger.run("ready")
    lacking = stranger.run("ready", "pdftoppm")

    assert (ready.returncode, ready.stdout, ready.stderr) == (0, "", "")
    assert lacking.returncode == 3
    assert "pdftoppm" in lacking.stderr


def test_programs_are_asked_for_only_by_the_recipes_that_use_them(stranger: Machine) -> None:
    stranger.add_python()

    tested = stranger.run("test")
    linted = stranger.run("lint")

    assert tested.stderr.endswith(
        f"  {APT} chromium fonts-crosextra-caladea fonts-crosextra-carlito "
        "libreoffice-writer-nogui npm poppler-utils shellcheck\n"
    )
    assert linted.stderr.endswith(f"  {APT} shellcheck\n")


def test_a_font_that_is_there_is_not_asked_for(stranger: Machine) -> None:
    stranger.add_python()
    stranger.add_program("find", 'case "$3" in Carlito*) echo "$1/Carlito-Bold.ttf" ;; esac')

    assert f"  {APT} chromium fonts-crosextra-caladea libreoffice" in stranger.run("test").stderr


def test_where_the_small_writer_is_unknown_the_whole_one_is_asked_for(stranger: Machine) -> None:
    stranger.add_python()
    stranger.add_program("apt-cache", '[ "$2" != libreoffice-writer-nogui ]')

    assert " libreoffice-writer npm poppler-utils " in stranger.run("test").stderr


def test_fedora_is_answered_in_its_own_words(stranger: Machine) -> None:
    stranger.add_python(missing="pango-1.0 pangoft2-1.0 harfbuzz-subset")
    (stranger.path / "apt-get").rename(stranger.path / "dnf")

    assert stranger.run("test").stderr.endswith(
        "  sudo dnf install -y ShellCheck chromium google-carlito-fonts "
        "google-crosextra-caladea-fonts harfbuzz libreoffice-writer npm pango poppler-utils\n"
    )


def test_homebrew_installs_as_the_user(stranger: Machine) -> None:
    stranger.add_python(missing="pango-1.0 pangoft2-1.0")
    (stranger.path / "apt-get").rename(stranger.path / "brew")

    stranger.run("build")

    assert (stranger.home / "apt.log").read_text(encoding="utf-8") == "install pango\n"


def test_an_unknown_system_is_told_what_to_install(stranger: Machine) -> None:
    stranger.add_python(missing="pango-1.0")
    (stranger.path / "apt-get").unlink()

    stopped = stranger.run("build")

    assert stopped.returncode == 3
    assert stopped.stderr.endswith("  (with your system's package manager) install pango\n")


def test_root_installs_without_being_asked(stranger: Machine) -> None:
    make_root(stranger)
    stranger.add_python(missing="harfbuzz-subset")

    stopped = stranger.run("build")

    assert (stranger.home / "apt.log").read_text(encoding="utf-8") == (
        "update\n"
        "install -y --no-install-recommends -o DPkg::Lock::Timeout=300 libharfbuzz-subset0\n"
    )
    assert stopped.returncode == 3
    assert stopped.stderr.endswith("run: installed, yet not found: harfbuzz-subset\n")


def test_sudo_is_used_only_where_it_asks_for_no_password(stranger: Machine) -> None:
    stranger.add_python(missing="harfbuzz-subset")
    stranger.add_program("sudo", '[ "$1" = -n ] && shift && exec "$@"')
    stranger.add_program("true", "exit 0")

    stranger.run("build")

    assert (stranger.home / "apt.log").read_text(encoding="utf-8").startswith("update\ninstall ")


def test_an_installation_that_fails_shows_what_it_printed(stranger: Machine) -> None:
    make_root(stranger)
    stranger.add_python(missing="harfbuzz-subset")
    stranger.add_program("apt-get", "echo no room >&2; exit 100")

    stopped = stranger.run("build")

    assert stopped.returncode == 3
    assert "no room\nrun: this failed: as_root env " in stopped.stderr


# --- The environment ----------------------------------------------------------


def test_a_half_made_environment_is_made_anew(stranger: Machine) -> None:
    install_fake_environment(stranger)
    (stranger.project / ".venv" / ".stamp").unlink()
    stranger.add_python(venv="echo no room for it; exit 1")

    stopped = stranger.run("build")

    assert stopped.returncode == 3
    assert not (stranger.project / ".venv").exists()
    assert stopped.stderr.startswith("run: making .venv with Python 3.11;")
    assert "no room for it\nrun: this failed: " in stopped.stderr


def test_a_whole_environment_is_used_at_once(stranger: Machine) -> None:
    install_fake_environment(stranger)

    built = stranger.run("build", "india", "--length", "one-page")

    assert built.stderr == ""
    assert built.stdout == (f"{stranger.project}|.venv/bin/briefgen|build|india|--length|one-page|")


def test_another_stamp_means_another_environment(stranger: Machine) -> None:
    install_fake_environment(stranger)
    (stranger.project / ".venv" / ".stamp").write_text("other\n", encoding="utf-8")
    stranger.add_python()

    assert "run: making .venv with Python" in stranger.run("build").stderr


def test_the_script_works_through_a_symbolic_link(stranger: Machine) -> None:
    install_fake_environment(stranger)
    (stranger.home / "first").symlink_to("a project/run")
    (stranger.home / "second").symlink_to(stranger.home / "first")

    checked = stranger.run("check", script=stranger.home / "second")

    assert checked.stdout == f"{stranger.project}|.venv/bin/briefgen|check|"


def test_a_dossier_is_started_by_a_recipe(stranger: Machine) -> None:
    install_fake_environment(stranger)

    assert stranger.run("new", "dossier", "housing").stdout.endswith("|new|dossier|housing|")


def test_an_argument_with_a_space_stays_one_argument(stranger: Machine) -> None:
    install_fake_environment(stranger)

    assert stranger.run("build", "--out", "my briefs").stdout.endswith("|--out|my briefs|")


# --- The list of packages -----------------------------------------------------


def pinned(constraints: str) -> dict[str, re.Match[str]]:
    """Each package's entry; anything else in the list is an error."""
    entries = list(PINNED.finditer(constraints))
    rest = PINNED.sub("", constraints)
    assert [line for line in rest.splitlines() if not re.fullmatch(r"# [^:/]+: [^:/]+", line)] == []
    return {entry["name"]: entry for entry in entries}


@pytest.fixture(scope="module")
def entries() -> dict[str, re.Match[str]]:
    return pinned((ROOT / "constraints.txt").read_text(encoding="utf-8"))


def asked_for() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [
        Requirement(text)
        for group in (
            project["project"]["dependencies"],
            project["dependency-groups"]["dev"],
            project["build-system"]["requires"],
        )
        for text in group
    ]


def test_every_package_has_its_hashes(entries: dict[str, re.Match[str]]) -> None:
    assert [name for name, entry in entries.items() if not entry["hashes"]] == []


@pytest.mark.parametrize("requirement", asked_for(), ids=str)
def test_every_dependency_is_pinned_to_a_version_that_serves(
    requirement: Requirement, entries: dict[str, re.Match[str]]
) -> None:
    entry = entries[canonicalize_name(requirement.name)]

    assert requirement.specifier.contains(entry["version"])


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://packages.example/simple",
        "--find-links /opt/somewhere",
        "# found in /opt/somewhere",
        "briefgen @ file:///home/somebody/briefgen",
        "jinja2>=3",
    ],
)
def test_the_list_may_name_no_place_and_nothing_unpinned(line: str) -> None:
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8")

    with pytest.raises(AssertionError):
        pinned(f"{constraints}{line}\n")
