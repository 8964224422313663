"""What other repositories use in continuous integration: action, workflow, hooks, and their page.

The steps run here with a folder in place of GitHub's runner; nothing needs the network.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt
from typer.main import get_command

from briefgen.cli import app

ROOT = Path(__file__).parents[1]
BUS_LANES = ROOT / "tests" / "projects" / "bus-lanes"


def read(name: str) -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load((ROOT / name).read_text("utf-8"))
    return loaded


ACTION = read("action.yml")
WORKFLOW = read(".github/workflows/briefs.yml")
CALL = WORKFLOW[True]["workflow_call"]  # YAML 1.1 reads `on` as true
JOBS = WORKFLOW["jobs"]
STEPS = [
    *ACTION["runs"]["steps"],
    *(step for job in JOBS.values() for step in job["steps"]),
]
PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
EXAMPLES = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]


# --- The files ----------------------------------------------------------------


def test_no_script_holds_an_expression() -> None:
    scripts = [step["run"] for step in STEPS if "run" in step]

    assert len(scripts) == 7
    assert not [script for script in scripts if "${{" in script]


def test_every_step_of_the_action_exists_and_gets_what_it_reads() -> None:
    script = (ROOT / ".ci" / "action").read_text("utf-8")
    functions = dict(
        re.findall(r"^(\w+)\(\) \{(?: #.*?)?\n(.*?)^\}", script, re.MULTILINE | re.DOTALL)
    )
    shared = set(re.findall(r"\bBRIEFS_\w+", functions["start"]))

    for step in ACTION["runs"]["steps"][1:]:
        name = step["run"].split()[-1]
        assert step["shell"] == "sh"
        assert set(step["env"]) == shared | set(re.findall(r"\bBRIEFS_\w+", functions[name]))


def test_actions_of_others_are_pinned_to_a_commit() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]

    assert "./.briefgen" in used
    for name in used:
        assert name == "./.briefgen" or re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", name), name


def test_checkouts_leave_no_token_behind() -> None:
    for step in STEPS:
        if "actions/checkout@" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


def test_only_the_job_that_comments_may_write_and_it_runs_nothing_of_the_pull_request() -> None:
    assert WORKFLOW["permissions"] == {}
    assert JOBS["briefs"]["permissions"] == {"contents": "read"}
    assert JOBS["comment"]["permissions"] == {"contents": "read", "pull-requests": "write"}
    assert "pull_request_target" in JOBS["briefs"]["if"]
    assert "head.repo.full_name == github.repository" in JOBS["comment"]["if"]
    checkout, _, comment = JOBS["comment"]["steps"]
    assert checkout["with"]["repository"] == "${{ job.workflow_repository }}"
    assert checkout["with"]["ref"] == "${{ job.workflow_sha }}"
    assert comment["run"] == ".ci/action comment"
    assert "GH_TOKEN" not in json.dumps(JOBS["briefs"])


def test_the_workflow_takes_what_the_action_takes() -> None:
    defaults = {name: value["default"] for name, value in ACTION["inputs"].items()}
    of_workflow = {name: value["default"] for name, value in CALL["inputs"].items()}
    [call] = [step for step in JOBS["briefs"]["steps"] if step.get("uses") == "./.briefgen"]

    assert defaults.pop("base") == ""
    assert of_workflow.pop("name") == "briefs"
    assert defaults == of_workflow
    assert call["with"].pop("base") == "${{ github.event.pull_request.base.sha }}"
    assert call["with"] == {name: f"${{{{ inputs.{name} }}}}" for name in defaults}


def test_the_hooks_run_commands_that_exist() -> None:
    commands = getattr(get_command(app), "commands", {})

    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")):
        program, command, *_ = hook["entry"].split()
        assert program == "briefgen"
        assert command in commands
        assert hook["language"] == "python"
        assert hook["pass_filenames"] is False
        assert re.search(hook["files"], "briefs/data/bus-lanes/claims.yaml")


# --- The page -----------------------------------------------------------------


def calls() -> Iterator[tuple[str, dict[str, Any]]]:
    """What the page's examples use of ours, with what they give it."""
    for example in EXAMPLES:
        for job in example.get("jobs", {}).values():
            for part in (job, *job.get("steps", ())):
                if "OWNER/briefgen" in part.get("uses", ""):
                    yield part["uses"], part.get("with", {})


def test_the_examples_of_the_page_name_inputs_that_exist() -> None:
    used = dict(calls())

    workflow, action = (
        "OWNER/briefgen/.github/workflows/briefs.yml@REVISION",
        "OWNER/briefgen@REVISION",
    )
    assert set(used) == {workflow, action}
    assert set(used[workflow]) <= set(CALL["inputs"])
    assert set(used[action]) <= set(ACTION["inputs"])


def test_the_first_example_is_ten_lines_and_grants_what_the_workflow_needs() -> None:
    first = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]
    granted = EXAMPLES[0]["permissions"]

    assert len(first.splitlines()) == 10
    assert granted == {"contents": "read", "pull-requests": "write"}
    assert EXAMPLES[0][True] == ["push", "pull_request"]


def test_the_page_tells_of_every_input_and_output_and_hook() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))

    for name in (*CALL["inputs"], *ACTION["inputs"], *ACTION["outputs"]):
        assert f"`{name}`" in PAGE, name
    [config] = [example["repos"][0] for example in EXAMPLES if "repos" in example]
    assert {hook["id"] for hook in config["hooks"]} == {hook["id"] for hook in hooks}


# --- The steps ----------------------------------------------------------------


@dataclass
class Runner:
    """A repository with a project in `briefs/`, and a copy of the action with its environment."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def workspace(self) -> Path:
        return self.folder / "work space"

    @property
    def report(self) -> Path:
        return self.folder / "temp" / "briefgen"

    @property
    def summary(self) -> str:
        return (self.folder / "summary").read_text("utf-8")

    def program(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def echo(self) -> None:
        """Let the action's Python say what it is asked, one argument a line."""
        self.program(self.folder / "action" / ".venv" / "bin" / "python", 'printf "<%s>\\n" "$@"')

    def step(self, name: str, /, **inputs: str) -> subprocess.CompletedProcess[str]:
        fixed = {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT / "src"),
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_ACTION_PATH": str(self.folder / "action"),
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "GITHUB_REPOSITORY": "someone/briefs",
            "RUNNER_TEMP": str(self.folder / "temp"),
        }
        steps = ACTION["runs"]["steps"]
        [step] = [step for step in steps if step["run"].endswith(f" {name}")] or [{}]
        defaults = {
            variable: ACTION["inputs"][value.split(".")[1].removesuffix(" }}")]["default"]
            for variable, value in step.get("env", {}).items()
        }
        given = {f"BRIEFS_{key.upper()}": value for key, value in inputs.items()}
        chosen = {**defaults, "BRIEFS_PROJECT": "briefs", **self.environment, **given}
        return subprocess.run(
            ["sh", "-e", "-c", step.get("run", f'"$GITHUB_ACTION_PATH/.ci/action" {name}')],
            cwd=self.workspace,
            env={**fixed, **chosen},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def outputs(self) -> dict[str, str]:
        text = (self.folder / "output").read_text("utf-8")
        found = re.findall(r"^(\w+)<<(end-\w{32})\n(.*?)\n\2\n", text, re.MULTILINE | re.DOTALL)
        return {name: value.removesuffix("\n") for name, _, value in found}

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.workspace / "briefs" / "data" / "bus-lanes" / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    made = Runner(tmp_path)
    action = tmp_path / "action"
    (action / ".ci").mkdir(parents=True)
    (tmp_path / "temp").mkdir()
    shutil.copy(ROOT / ".ci" / "action", action / ".ci" / "action")
    made.program(action / ".venv" / "bin" / "python", f'exec "{sys.executable}" "$@"')
    (action / ".venv" / "bin" / "briefgen").write_text("from briefgen.cli import main\nmain()\n")
    shutil.copytree(BUS_LANES, made.workspace / "briefs")
    return made


def test_installing_is_left_to_the_recipes(runner: Runner) -> None:
    runner.program(runner.folder / "action" / "run", 'echo "$@"')

    assert runner.step("install").stdout == "ready pdftoppm\n"


def test_a_clean_check_leaves_sarif_and_its_exit_code(runner: Runner) -> None:
    ran = runner.step("check", sources="briefs/sources")

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert runner.outputs() == {"code": "0", "report": str(runner.report)}
    assert json.loads((runner.report / "briefgen.sarif").read_text())["version"] == "2.1.0"


def test_a_mistake_is_annotated_where_it_stands_in_the_repository(runner: Runner) -> None:
    runner.edit("areas.yaml", "stage: operational", "stage: operating")

    ran = runner.step("check")

    assert ran.returncode == 1
    assert ran.stdout.startswith("::error file=briefs/data/bus-lanes/areas.yaml,line=20,col=10,")
    assert runner.outputs()["code"] == "1"
    [result] = json.loads((runner.report / "briefgen.sarif").read_text())["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert place == "briefs/data/bus-lanes/areas.yaml"


def test_a_project_without_data_is_said_to_be_one(runner: Runner) -> None:
    ran = runner.step("check", project="nowhere")

    assert ran.returncode == 2
    assert ran.stdout.startswith("::error title=briefgen::the project has no folder data/%0Ahelp:")
    assert runner.outputs()["code"] == "2"


def test_what_is_chosen_becomes_arguments(runner: Runner) -> None:
    runner.echo()

    ran = runner.step("build", editions=" overview  shopkeepers ", formats="pdf html", length="all")

    asked = re.findall(r"<(.*)>", ran.stdout)
    options = ["--report=github", "--project=briefs", "--format=pdf", "--format=html"]
    assert asked[1:] == ["build", *options, "--length=all", "--", "overview", "shopkeepers"]


def test_mode_check_builds_nothing_and_annotates(runner: Runner) -> None:
    runner.echo()

    asked = runner.step("build", mode="check").stdout.split()

    assert asked[1:] == ["<build>", "<--check>", "<--report=github>", "<--project=briefs>", "<-->"]


def test_another_mode_is_refused(runner: Runner) -> None:
    ran = runner.step("build", mode="chekc")

    assert (ran.returncode, runner.outputs()["code"]) == (2, "2")
    assert 'neither "build" nor "check"' in ran.stdout


@pytest.mark.parametrize("nasty", ["$(touch pwned)", "`touch pwned`", "; touch pwned", "* --out=x"])
@pytest.mark.parametrize("name", ["editions", "formats", "length", "project"])
def test_nothing_that_is_chosen_is_run(runner: Runner, name: str, nasty: str) -> None:
    runner.echo()

    ran = runner.step("build", **{name: nasty})

    assert all(word in ran.stdout for word in nasty.split()), ran.stdout
    assert not list(runner.folder.rglob("pwned"))


def test_a_build_names_its_files_and_is_summed_up_with_pictures(runner: Runner) -> None:
    ran = runner.step("build", editions="shopkeepers", formats="pdf html")

    assert ran.returncode == 0, ran.stderr
    assert runner.outputs() == {
        "code": "0",
        "files": "briefs/out/bus-lanes-shopkeepers.html\nbriefs/out/bus-lanes-shopkeepers.pdf",
    }
    assert runner.step("summarise").returncode == 0
    assert runner.summary.startswith("## Briefs: 2 files")
    pictures = sorted((runner.report / "pages").iterdir())
    assert pictures
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)


def test_a_mistake_that_only_a_build_finds_is_annotated_where_it_stands(runner: Runner) -> None:
    runner.edit("editions/shopkeepers.yaml", "question: ", "question: \U00012000 ")

    ran = runner.step("build", formats="html")

    assert (ran.returncode, runner.outputs()["code"]) == (1, "1")
    place = "briefs/data/bus-lanes/editions/shopkeepers.yaml"
    errors = [line for line in ran.stdout.splitlines() if line.startswith("::error")]
    assert len(errors) == 1
    assert errors[0].startswith(f"::error file={place},line=5,col=11,title=BG052::")
    assert runner.outputs()["files"] == "briefs/out/bus-lanes-overview.html"


def test_what_a_build_says_cannot_steer_the_runner_and_its_failure_is_annotated(
    runner: Runner,
) -> None:
    python = runner.folder / "action" / ".venv" / "bin" / "python"
    runner.program(python, "echo '##[set-output name=code]0' >&2; exit 3")

    ran = runner.step("build")

    stopped, said, resumed, annotation = ran.stdout.splitlines()
    assert said.startswith("##[set-output")
    assert re.fullmatch(r"::stop-commands::[0-9a-f]{32}", stopped)
    assert resumed == f"::{stopped.removeprefix('::stop-commands::')}::"
    assert annotation.startswith("::error title=briefgen::the build ended with 3%0Ahelp: ")
    assert (ran.returncode, runner.outputs()["code"]) == (3, "3")


def test_without_documents_there_is_nothing_to_sum_up(runner: Runner) -> None:
    ran = runner.step("summarise")

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert not (runner.folder / "summary").exists()


def test_each_edition_is_compared_with_the_base(runner: Runner) -> None:
    def git(*words: str) -> str:
        who = ("-c", "user.name=x", "-c", "user.email=x@x.example")
        done = subprocess.run(
            ["git", *who, *words], cwd=runner.workspace, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message=base")
    base = git("rev-parse", "HEAD")
    runner.edit("editions/shopkeepers.yaml", "title: Ask the tills first", "title: Tills first")
    editions = runner.workspace / "briefs" / "data" / "bus-lanes" / "editions"
    shutil.copy(editions / "overview.yaml", editions / "another.yaml")

    ran = runner.step("compare", base=base)

    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr
    parts = re.split(
        r"^=== (.*) ===$", (runner.report / "comparison.txt").read_text(), flags=re.MULTILINE
    )
    compared = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert "Nothing differs" in compared["overview"]
    assert "{+Tills+} first" in compared["shopkeepers"]
    assert "(There is nothing to compare it with.)" in compared["another"]
    assert runner.outputs() == {"compared": "yes"}
    runner.step("summarise")
    assert "## What changes, claim by claim\n\n~~~text\n=== " in runner.summary


# --- The comment --------------------------------------------------------------


def comment(runner: Runner, comparison: str | bytes, id_: str = "") -> tuple[list[str], str]:
    """The calls of `gh` that are made, and the comment."""
    calls, body = runner.folder / "calls", runner.folder / "body"
    answer = 'case "$*" in *--jq*) printf "%s" "$ID" ;; esac'
    runner.program(runner.folder / "bin" / "gh", f'{answer}\necho "$@" >>"$CALLS"')
    file = runner.folder / "comparison.txt"
    file.write_bytes(comparison if isinstance(comparison, bytes) else comparison.encode())
    runner.environment = {"ID": id_, "CALLS": str(calls)}
    ran = runner.step("comment", comparison=str(file), pull_request="7", name="briefs")
    assert ran.returncode == 0, ran.stderr
    shutil.copy(runner.folder / "temp" / "comment.md", body)
    made = re.findall(r"--method .*", calls.read_text())
    return [call.split(" --field")[0] for call in made], body.read_text("utf-8")


def test_the_first_comment_is_made(runner: Runner) -> None:
    made, body = comment(runner, "=== overview ===\n")

    assert made == ["--method POST repos/someone/briefs/issues/7/comments"]
    assert body.startswith("<!-- briefgen:briefs -->\n### What this changes in the briefs")


def test_a_later_one_takes_its_place(runner: Runner) -> None:
    made, _ = comment(runner, "=== overview ===\n", id_="42")

    assert made == ["--method PATCH repos/someone/briefs/issues/comments/42"]


@pytest.mark.parametrize(
    "nasty",
    ["~~~\n@someone", "   ~~~~~~\n<img src=x>", "\t~~~\n# h", "a\r~~~\r# h", "```\n~~~\n[x](y)"],
)
def test_a_comparison_cannot_leave_its_block(runner: Runner, nasty: str) -> None:
    _, body = comment(runner, f"before\n{nasty}\nafter\n")

    tokens = MarkdownIt("commonmark").parse(body)
    assert [token.type for token in tokens] == [
        "html_block", "heading_open", "inline", "heading_close", "fence",
    ]  # fmt: skip
    assert "after" in tokens[-1].content


def test_a_comment_is_bounded_and_is_text(runner: Runner) -> None:
    _, body = comment(runner, b"\xff\x1b[31m" + "é".encode() * 100_000)

    assert len(body) < 65_536
    assert "\x1b" not in body
    assert "\ufffd" not in body
    assert body.endswith("This is the beginning; the artefact of the run holds the whole.\n")


def test_only_a_comment_of_our_own_is_written_over() -> None:
    script = (ROOT / ".ci" / "action").read_text("utf-8")

    assert (
        '.user.login == "github-actions[bot]" and (.body // "" | startswith(env.marker))' in script
    )
