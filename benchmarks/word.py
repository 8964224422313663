"""DOCX against pandoc, from the same finished document: cold, warm, memory, size of the file.

Both start from files. Ours reads the document's tree, the rest of the document (pickled) and the
layout with its word.yaml; pandoc reads the same tree as HTML and its own reference document. We
draw each figure as outlines and as PNG within the clock; pandoc, which needs another program to
draw SVG, is given the finished PNGs. Ours writes notes, fields, captions, marks, a ledger and a
snapshot; pandoc takes none of these from HTML, so that notes stand within its text.

Cold: a fresh process of each, its imports within the clock. Warm: our writer in a process that has
made the document before, against pandoc, which makes one document and ends; that the process knows
the house style and the outlines of letters counts, that it knows the drawings does not.
How both are measured: turns.py. The file is not called docx.py because that is a package's name.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import tempfile
import time
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

from lxml import etree
from turns import cold, report, run, warm_against_cold

ROOT = Path(__file__).resolve().parents[1]
SVG = "{http://www.w3.org/2000/svg}svg"


def compose(folder: Path, edition: str, length: str) -> None:
    """Write all that both sides start from."""
    from briefgen.build.engine import Engine
    from briefgen.build.fit import fit
    from briefgen.build.project import find_targets, load_project
    from briefgen.formats.html import serialise

    project = load_project(ROOT, loose_ends=False)
    target = find_targets(project, [edition])[0]
    document = fit(target, length, Engine(project)).document  # type: ignore[arg-type]
    (folder / "tree.xml").write_bytes(etree.tostring(document.tree, encoding="utf-8"))
    hollow = replace(document, tree=None)  # type: ignore[arg-type]
    (folder / "document.pickle").write_bytes(pickle.dumps(hollow))
    html = serialise(_with_pictures(document.tree, folder))
    (folder / "final.html").write_text(html, "utf-8")


def _with_pictures(tree: etree._Element, folder: Path) -> etree._Element:
    """A copy of the tree with a PNG in the place of each drawing, as large as ours."""
    from briefgen.formats.docx.figures import draw
    from briefgen.formats.outlines import outline_labels

    copied = deepcopy(tree)
    for number, svg in enumerate(list(copied.iter(SVG)), start=1):
        path = folder / f"figure{number}.png"
        outlined = etree.tostring(outline_labels(svg, "Source Sans Pro"), encoding="unicode")
        path.write_bytes(draw(outlined, 1369))
        picture = etree.Element("img", src=str(path), alt=svg.findtext("{*}title") or "")
        picture.tail = svg.tail
        parent = svg.getparent()
        assert parent is not None
        parent.replace(svg, picture)
    return copied


def work(folder: Path) -> None:
    """Our side: render the document as `briefgen build` does; prints seconds of each time."""
    from briefgen.build.collector import paused_collector
    from briefgen.document.layout import load_layout
    from briefgen.formats.docx.figures import draw
    from briefgen.formats.docx.render import render_docx
    from briefgen.formats.docx.word_style import load_word_style

    # Written by `prepare` of the same run, in a folder that only its user can enter.
    hollow = pickle.loads((folder / "document.pickle").read_bytes())  # noqa: S301
    document = replace(hollow, tree=etree.fromstring((folder / "tree.xml").read_bytes()))
    style = load_word_style(load_layout("policy-brief", [(ROOT / "templates", Path("templates"))]))
    for _ in sys.stdin:
        draw.cache_clear()
        start = time.perf_counter(), time.process_time()
        with paused_collector():
            (folder / "ours.docx").write_bytes(render_docx(document, style))
        print(time.perf_counter() - start[0], time.process_time() - start[1], flush=True)


def main() -> None:
    """Print the table, and the sizes of the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--edition", default="india")
    parser.add_argument("--length", default="full")
    parser.add_argument("--prepare", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.prepare:
        compose(Path(given.prepare[0]), *given.prepare[1:])
        return
    if given.worker:
        work(Path(given.worker))
        return
    import pypandoc  # type: ignore[import-untyped]

    with tempfile.TemporaryDirectory(prefix="briefgen-bench-") as name:
        folder = Path(name)
        # A process of its own: a child counts the memory of the process that it is started by.
        run([sys.executable, __file__, "--prepare", name, given.edition, given.length])
        ours = [sys.executable, __file__, "--worker", name]
        html, peer_file = folder / "final.html", folder / "pandoc.docx"
        peer = [pypandoc.get_pandoc_path(), "--from=html", f"--output={peer_file}", str(html)]
        print(f"{'':<38} {'wall: ours, pandoc, ÷':<21} | {'processor':<21} | {'MB':<21} | aim")
        title = f"{given.edition}, {given.length}: DOCX"
        report(f"{title}, cold", cold(ours, peer, given.rounds), "1.0")
        report(f"{title}, warm", warm_against_cold(ours, peer, given.rounds), "0.5")
        sizes = [path.stat().st_size / 1000 for path in (folder / "ours.docx", peer_file)]
        print(f"size: ours {sizes[0]:.0f} kB, pandoc {sizes[1]:.0f} kB")


if __name__ == "__main__":
    main()
