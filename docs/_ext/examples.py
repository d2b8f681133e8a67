"""The small editions in the documentation: a file of each beside the page that it becomes.

The documentation builds the editions itself, into its folder ``examples``, so that what it shows is what they are.
"""

import os
import subprocess
import sys
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

EDITIONS = Path(__file__).parents[2] / "tests/editions"
FOLDER = "examples"


class page_frame(nodes.General, nodes.Element):  # noqa: N801 - docutils writes the names of nodes so
    """A page of a small edition, within a page of the documentation: ``address`` and ``name``."""


class ExampleDirective(SphinxDirective):
    """``{example} EDITION DOCUMENT`` shows the source of a document of a small edition beside its page."""

    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        """Return the source, and a frame and a link for the page."""
        edition, document = self.arguments
        source = EDITIONS / edition / f"{document}.md"
        if not source.is_file():
            raise self.error(f"there is no {document}.md in tests/editions/{edition}; name a document of the edition")
        self.env.note_dependency(str(source))
        address = f"{FOLDER}/{edition}/{document}.html"
        words = source.read_text(encoding="utf-8")
        code = nodes.literal_block(words, words, language="text")
        frame = page_frame("", address=address, name=f"{document}.html, as the edition shows it")
        link = nodes.reference("", f"Open {document}.html by itself", refuri=address, internal=False)
        return [nodes.container("", code, frame, classes=["example"]), nodes.paragraph("", "", link)]


def visit_page_frame(self: HTML5Translator, node: page_frame) -> None:
    """Write the frame."""
    self.body.append(self.starttag(node, "iframe", src=node["address"], title=node["name"], loading="lazy"))


def depart_page_frame(self: HTML5Translator, _node: page_frame) -> None:
    """Close the frame."""
    self.body.append("</iframe>\n")


def build_editions(app: Sphinx, error: Exception | None) -> None:
    """Build the small editions beside the documentation (event build-finished)."""
    if error or app.builder.name != "html":
        return
    for conf in sorted(EDITIONS.glob("*/conf.py")):
        folder, name = conf.parent, conf.parent.name
        doctrees, out = app.doctreedir / FOLDER / name, app.outdir / FOLDER / name
        command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", "-d", doctrees, folder, out]
        same_package = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run(command, check=True, env=same_package)  # noqa: S603 - our own editions


def setup(app: Sphinx) -> None:
    """Register the directive, and build the editions at the end."""
    app.add_node(page_frame, html=(visit_page_frame, depart_page_frame))
    app.add_directive("example", ExampleDirective)
    app.connect("build-finished", build_editions)
