"""HTML in Chromium: no finding of axe-core, and a page that serves keyboard, touch and print."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, sync_playwright

from briefgen.build.engine import Engine
from briefgen.build.project import find_targets, load_project
from briefgen.edition.models import Length
from briefgen.edition.tailor import tailor
from briefgen.formats.environment import PROGRAMS

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
EDITIONS = sorted(
    path.stem for path in (ROOT / "data/japan-nato/editions").glob("*.yaml") if path.stem[0] != "_"
)
LENGTHS: tuple[Length, ...] = ("one-page", "brief", "full")
OPENED = ":popover-open"
MARK = ".note-call button"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    place = next(filter(None, map(shutil.which, PROGRAMS["Chromium"])), None)
    assert place, "this test needs Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=place, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine(load_project(ROOT))


def write(engine: Engine, edition: str, length: Length, folder: Path) -> Path:
    target = find_targets(engine.project, [edition])[0]
    document = engine.compose(tailor(target.dossier.dossier, target.edition, length))
    path = folder / f"{edition}-{length}.html"
    path.write_bytes(engine.render(document, target.edition.layout, "html"))
    return path


@pytest.fixture(scope="session")
def india(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(engine, "india", "full", tmp_path_factory.mktemp("html"))


def visit(browser: Browser, path: Path, **options: Any) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(path.as_uri())
    return page


def findings(page: Page) -> list[str]:
    response = Axe().run(page).response
    assert response["passes"]
    return [
        f"{v['id']}: {node['html'][:200]}" for v in response["violations"] for node in v["nodes"]
    ]


def width_of(page: Page) -> Any:
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_passes_axe_and_never_scrolls_sideways(
    browser: Browser, engine: Engine, tmp_path: Path, edition: str, length: Length
) -> None:
    page = visit(browser, write(engine, edition, length, tmp_path))

    assert findings(page) == []
    page.emulate_media(color_scheme="dark")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 700})
        assert width_of(page) == width
    page.locator(MARK).first.click()
    assert page.locator(OPENED).count() == 1
    assert findings(page) == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_evidence_open_and_closed_passes_axe(
    browser: Browser, india: Path, scheme: Any, width: int
) -> None:
    size: Any = {"width": width, "height": 700}
    page = visit(browser, india, color_scheme=scheme, viewport=size)

    assert findings(page) == []
    page.locator(MARK).first.click()
    assert findings(page) == []
    page.context.close()


def test_axe_does_find_what_is_wrong(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "wrong.html"
    path.write_text("<!DOCTYPE html><title>x</title><p style='color:#bbb'>pale</p>", "utf-8")

    assert any(found.startswith("color-contrast") for found in findings(visit(browser, path)))


@pytest.mark.parametrize("scripts", [True, False])
def test_the_keyboard_opens_evidence_and_escape_gives_the_focus_back(
    browser: Browser, india: Path, *, scripts: bool
) -> None:
    page = visit(browser, india, java_script_enabled=scripts)
    mark = page.locator(MARK).first

    mark.focus()
    page.keyboard.press("Enter")
    assert page.locator(OPENED).locator(".statement").count() > 0
    page.keyboard.press("Tab")
    assert page.locator(f"{OPENED} .close:focus").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(OPENED).count() == 0
    assert page.locator(f"{MARK}:focus").count() == 1
    page.context.close()


def test_a_finger_opens_and_closes_evidence(browser: Browser, india: Path) -> None:
    size: Any = {"width": 360, "height": 700}
    page = visit(browser, india, has_touch=True, is_mobile=True, viewport=size)
    mark = page.locator(MARK).first
    box = mark.bounding_box()

    assert box
    assert min(box["width"], box["height"]) >= 24
    mark.tap()
    assert page.locator(OPENED).count() == 1
    page.locator(f"{OPENED} .close").tap()
    assert page.locator(OPENED).count() == 0
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_address_of_a_claim_opens_its_evidence(
    browser: Browser, india: Path, *, scripts: bool
) -> None:
    page = browser.new_context(java_script_enabled=scripts).new_page()
    page.goto(india.as_uri())
    claim = page.locator(".ground").nth(3)
    name = claim.get_attribute("id")
    assert not claim.is_visible()

    page.goto(f"{india.as_uri()}#{name}")

    assert claim.is_visible()
    page.context.close()


def test_nothing_is_asked_for_and_nothing_is_said(browser: Browser, india: Path) -> None:
    page = browser.new_context().new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    page.goto(india.as_uri())
    page.locator(MARK).first.click()

    assert [url for url in asked if not url.startswith("data:")] == [india.as_uri()]
    assert said == []
    page.context.close()


def test_the_contents_mark_the_section_that_is_read(browser: Browser, india: Path) -> None:
    page = visit(browser, india)

    page.locator(".toc a").nth(3).click()

    page.wait_for_selector(".toc li:nth-child(4) a[aria-current]")
    page.context.close()


def test_the_browser_prints_notes_but_no_folded_evidence(browser: Browser, india: Path) -> None:
    import io

    import pikepdf

    page = visit(browser, india)
    printed = page.pdf(format="A4")

    with pikepdf.open(io.BytesIO(printed)) as pdf:
        assert 5 < len(pdf.pages) < 40
    page.emulate_media(media="print")
    assert page.locator(".notes").is_visible()
    assert not page.locator(".evidence").is_visible()
    page.context.close()
