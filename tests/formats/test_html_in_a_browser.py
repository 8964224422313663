"""HTML in Chromium: no finding of axe-core, and a page that serves keyboard, touch and print.

The slow part is axe-core, so that a page is loaded once and stays open for all that is asked of
it: every edition and length is looked at once, in the light, and each brief in the dark as well;
one edition in every way.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from briefgen.build.engine import Engine
from briefgen.build.project import find_targets, load_project
from briefgen.edition.models import Length
from briefgen.edition.tailor import tailor

ROOT = Path(__file__).parents[2]
EDITIONS = sorted(
    path.stem for path in (ROOT / "data/japan-nato/editions").glob("*.yaml") if path.stem[0] != "_"
)
LENGTHS: tuple[Length, ...] = ("one-page", "brief", "full")
SCHEMES: tuple[Any, ...] = ("light", "dark")
OPENED = ":popover-open"
MARK = ".note-call button"
SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }
"""
CUT = """() => [...document.querySelectorAll("h1, h2, h3, h4, p, li, dt, dd, figcaption, summary")]
  .filter(e => e.checkVisibility() && !e.closest(".scroll") && !e.closest("thead"))
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1
    || (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible"))
  .map(e => e.textContent.trim().slice(0, 80))"""
"""Texts that reach beyond the window or are cut by their own box; frames that scroll excepted."""
TARGETS = """() => [...document.querySelectorAll("a, button, summary, [tabindex='0']")]
  .filter(e => e.checkVisibility())
  .filter(e => e.matches(".self, .back, .toc a, button, summary, [tabindex]")
    || getComputedStyle(e).display !== "inline")
  .filter(e => { const {width, height} = e.getBoundingClientRect(); return SMALL; })
  .map(e => e.outerHTML.slice(0, 120))"""
LONELY = """() => [...document.querySelectorAll(".note-call button, .back")].filter(mark => {
  if (!mark.checkVisibility()) return false;
  const words = document.createRange();
  words.setStart(mark.closest("p, li, figcaption, td, th, caption"), 0);
  words.setEndBefore(mark.classList.contains("back") ? mark : mark.parentNode);
  const last = [...words.getClientRects()].filter(box => box.width > 1).pop();
  const middle = mark.getBoundingClientRect();
  return !last || middle.left + middle.width / 2 < last.right - 4;
}).map(mark => mark.outerHTML.slice(0, 120))"""
"""Marks that do not stand behind the last word before them."""


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine(load_project(ROOT))


def write(
    engine: Engine, edition: str, length: Length, folder: Path, layout: str | None = None
) -> Path:
    target = find_targets(engine.project, [edition], layout)[0]
    document = engine.compose(tailor(target.dossier.dossier, target.edition, length))
    path = folder / f"{edition}-{length}.html"
    path.write_bytes(engine.render(document, target.edition.layout, "html"))
    return path


@pytest.fixture(scope="session")
def india(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(engine, "india", "full", tmp_path_factory.mktemp("html"))


@pytest.fixture(scope="module")
def one_page(browser: Browser) -> Iterator[Page]:
    """One page for all documents; each test leaves it light, at 1280 pixels."""
    page = browser.new_context(viewport=size_of(1280)).new_page()
    yield page
    page.context.close()


def size_of(width: int) -> Any:
    return {"width": width, "height": 700}


def visit(browser: Browser, path: Path, **options: Any) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(path.as_uri())
    return page


def findings(page: Page, part: str | None = None) -> list[str]:
    response = (
        Axe()
        .run(page, context=part, options={"resultTypes": ["violations"], "preload": False})
        .response
    )
    assert response["passes"]
    return [
        f"{v['id']}: {node['html'][:200]}" for v in response["violations"] for node in v["nodes"]
    ]


def width_of(page: Page) -> Any:
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_passes_axe_and_never_scrolls_sideways(
    one_page: Page, engine: Engine, tmp_path: Path, edition: str, length: Length
) -> None:
    page = one_page
    page.goto(write(engine, edition, length, tmp_path).as_uri())

    assert findings(page) == []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in (320, 768, 1280):
            page.set_viewport_size(size_of(width))
            assert width_of(page) == width
    page.locator(MARK).first.click()
    assert page.locator(OPENED).count() == 1
    assert findings(page, OPENED) == []
    if length == "brief":  # in the dark as well, where each edition has an accent of its own
        assert findings(page) == []
        page.set_viewport_size(size_of(390))
        assert findings(page, OPENED) == []
        page.set_viewport_size(size_of(1280))
    page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [320, 1280])
def test_evidence_open_and_closed_passes_axe(
    browser: Browser, india: Path, scheme: Any, width: int
) -> None:
    page = visit(browser, india, color_scheme=scheme, viewport=size_of(width))

    assert findings(page) == []
    page.locator(MARK).first.click()
    assert findings(page, OPENED) == []
    page.context.close()


@pytest.mark.parametrize("layout", ["policy-brief", "briefing-note"])
def test_at_400_per_cent_no_text_is_cut_and_nothing_scrolls_sideways(
    one_page: Page, engine: Engine, tmp_path: Path, layout: str
) -> None:
    """WCAG 1.4.10: 1280 pixels at 400 % are 320; figures and tables may scroll in their frames."""
    one_page.goto(write(engine, "india", "full", tmp_path, layout).as_uri())
    one_page.set_viewport_size(size_of(320))

    assert width_of(one_page) == 320
    assert one_page.evaluate(CUT) == []
    one_page.set_viewport_size(size_of(1280))


@pytest.mark.parametrize(
    ("layout", "table", "heads"),
    [
        ("policy-brief", "recommendations", ["Who", "When", "First step"]),
        ("briefing-note", "steps", ["First step", "Who", "When"]),
    ],
)
def test_on_a_phone_each_cell_says_what_it_holds(
    one_page: Page, engine: Engine, tmp_path: Path, layout: str, table: str, heads: list[str]
) -> None:
    one_page.goto(write(engine, "india", "full", tmp_path, layout).as_uri())
    labels = f"""[...document.querySelectorAll("table.{table} tr:nth-child(2) td")]
      .map(cell => getComputedStyle(cell, "::before").content)"""

    assert set(one_page.evaluate(labels)) == {"none"}
    one_page.set_viewport_size(size_of(390))
    assert one_page.evaluate(labels) == [f'"{head}: "' for head in heads]
    assert findings(one_page, f"table.{table}") == []
    one_page.set_viewport_size(size_of(1280))


def test_a_reservation_is_not_marked_by_its_colour_alone(
    one_page: Page, engine: Engine, tmp_path: Path
) -> None:
    """WCAG 1.4.1."""
    one_page.goto(write(engine, "tokyo", "brief", tmp_path).as_uri())

    rules = one_page.locator(".caveat").evaluate_all(
        "all => all.map(one => getComputedStyle(one).borderLeftStyle)"
    )

    assert set(rules) == {"solid"}


def test_numbered_paragraphs_stand_apart(one_page: Page, engine: Engine, tmp_path: Path) -> None:
    one_page.goto(write(engine, "india", "brief", tmp_path, "briefing-note").as_uri())

    gaps = one_page.evaluate(
        """[...document.querySelectorAll("ol.paragraphs > li + li")]
          .map(e => [e.previousElementSibling, e].map(one => one.getBoundingClientRect()))
          .map(([one, next]) => next.top - one.bottom)"""
    )

    assert gaps
    assert min(gaps) > 8


@pytest.mark.parametrize("width", [320, 1280])
def test_wider_spacing_of_text_cuts_nothing(one_page: Page, india: Path, width: int) -> None:
    """WCAG 1.4.12: what a reader may set without loss."""
    one_page.goto(india.as_uri())
    one_page.set_viewport_size(size_of(width))
    before = one_page.evaluate("document.body.scrollHeight")

    one_page.add_style_tag(content=SPACING)

    assert one_page.evaluate("document.body.scrollHeight") > before
    assert width_of(one_page) == width
    assert one_page.evaluate(CUT) == []
    one_page.locator(MARK).first.click()
    assert one_page.evaluate(CUT) == []
    one_page.set_viewport_size(size_of(1280))


def test_cut_text_is_found(one_page: Page, tmp_path: Path) -> None:
    path = tmp_path / "cut.html"
    narrow = "<p style='width:3em;overflow:hidden;white-space:nowrap'>cut off at the side</p>"
    beyond = "<p style='position:absolute;left:95vw;white-space:nowrap'>beyond the edge</p>"
    path.write_text(f"<!DOCTYPE html><title>x</title>{narrow}{beyond}<p>whole</p>", "utf-8")

    one_page.goto(path.as_uri())

    assert one_page.evaluate(CUT) == ["cut off at the side", "beyond the edge"]


@pytest.mark.parametrize(("wish", "behaviour"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_moves_for_whoever_asks_for_less_motion(
    one_page: Page, india: Path, wish: Any, behaviour: str
) -> None:
    one_page.goto(india.as_uri())
    one_page.emulate_media(reduced_motion=wish)

    found = one_page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
    moving = one_page.evaluate("document.getAnimations().length")

    assert (found, moving) == (behaviour, 0)
    one_page.emulate_media(reduced_motion="no-preference")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("length", LENGTHS)
def test_what_is_pressed_is_24_pixels_high_and_wide(
    one_page: Page, engine: Engine, tmp_path: Path, length: Length, width: int
) -> None:
    """WCAG 2.5.8; links in running text are excepted there, and by `TARGETS`."""
    one_page.goto(write(engine, "india", length, tmp_path).as_uri())
    one_page.set_viewport_size(size_of(width))
    one_page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")

    assert one_page.evaluate(TARGETS.replace("SMALL", "true")) != []
    assert one_page.evaluate(TARGETS.replace("SMALL", "width < 24 || height < 24")) == []
    one_page.locator(MARK).first.click()
    assert one_page.evaluate(TARGETS.replace("SMALL", "width < 24 || height < 24")) == []
    one_page.set_viewport_size(size_of(1280))


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_mark_of_a_note_begins_a_line(one_page: Page, india: Path, width: int) -> None:
    one_page.goto(india.as_uri())
    one_page.set_viewport_size(size_of(width))

    assert one_page.locator(MARK).count() > 20
    assert one_page.evaluate(LONELY) == []
    one_page.set_viewport_size(size_of(1280))


def test_a_frame_whose_content_is_wider_shows_it_by_a_shade(one_page: Page, india: Path) -> None:
    one_page.goto(india.as_uri())

    shaded = one_page.locator(".scroll").evaluate_all(
        "frames => frames.map(f => getComputedStyle(f).backgroundAttachment)"
    )

    assert shaded
    assert set(shaded) == {"local, local, scroll, scroll"}


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
    browser: Browser, engine: Engine, tmp_path: Path, *, scripts: bool
) -> None:
    india = write(engine, "india", "brief", tmp_path)  # which has no annex
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


def test_the_browser_prints_notes_and_annex_but_no_folded_evidence(
    browser: Browser, engine: Engine, india: Path, tmp_path: Path
) -> None:
    import io

    import pikepdf

    page = visit(browser, india)
    printed = page.pdf(format="A4")

    with pikepdf.open(io.BytesIO(printed)) as pdf:
        assert 5 < len(pdf.pages) < 40
    page.emulate_media(media="print")
    assert page.locator(".notes").is_visible()
    assert page.locator(MARK).first.evaluate("e => getComputedStyle(e).padding") == "0px"
    assert page.locator("table.evidence").is_visible(), "the annex is a part of the document"
    page.goto(write(engine, "india", "brief", tmp_path).as_uri())
    assert page.locator(".notes").is_visible()
    assert page.locator("section.evidence").count() == 1
    assert not page.locator("section.evidence").is_visible()
    page.context.close()
