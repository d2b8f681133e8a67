"""Pictures that one of the formats cannot set are told where they stand."""

import re

from docutils import nodes
from sphinx.application import Sphinx

from variorum.domain import edition

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_BOOK = {"application/pdf", "image/png", "image/jpeg"}
"""Types of the pictures that LaTeX sets."""


def check_pictures(app: Sphinx, doctree: nodes.document) -> None:
    """Report pictures that the book cannot set (event doctree-read, after Sphinx has found the files of each)."""
    for image in doctree.findall(nodes.image):
        if _ADDRESS.match(image["uri"]):
            what = f"“{image['uri'][:60]}” is an address, and no file of the edition"
            edition(app.env).report(image, "picture", what, "put the picture into the edition, and name its file")
            continue
        types: set[str] = set(image.get("candidates", {}))
        if types & {"*", "?"}:  # one file, of whatever type; one that is not there
            types = {_type_of(uri) for uri in image["candidates"].values()}
        if types and not types & _BOOK:
            remedy = "use a PNG or JPEG; or end its name in “.*”, and put a PDF beside it for the book"
            edition(app.env).report(image, "picture", f"the book cannot set {image['uri']}", remedy)


def _type_of(uri: str) -> str:
    """Return the type of a picture by the end of its name."""
    ending = uri.rpartition(".")[2].lower()
    known = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "pdf": "application/pdf"}
    return known.get(ending, ending)
