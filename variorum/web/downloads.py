"""The site to publish: the web edition and, beside it, all that can be downloaded from it."""

import pickle
import re
import shutil
import sys
from pathlib import Path
from typing import Any

from variorum.archive import pack
from variorum.text.alignment import Block
from variorum.web.translator import TEMPLATES

UNUSED = ("pagefind-*ui*", "pagefind-component*", "pagefind-highlight*", "wasm.unknown*")
"""What Pagefind writes and no page of ours loads: half a megabyte."""
PLACE = re.compile(r'<p class="downloads">.*?</p>', re.DOTALL)
"""What the front page says while there is nothing to download."""


def files_in(folder: Path, *patterns: str) -> list[tuple[str, bytes]]:
    """Return files of a folder, each with its name there, in the order of the names."""
    found = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file() and path.name[0] != "."}
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in sorted(found)]


def words_of(block: Block) -> str:
    """Return a block's words; a sign that calls a note of the source's stands in brackets, as on the web."""
    text = block.text
    for start, end in reversed(block.calls):
        if text[start:end].isalnum():
            text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text.replace("\n", " / ")


def texts_of(env: Any) -> dict[str, dict[str, Any]]:
    """Return the front matter and the blocks of each text, in the edition's order."""
    documents, within = env.domaindata["variorum"]["documents"], env.toctree_includes
    found = {}
    for name in (name for name in within[env.config.root_doc] if name in documents and documents[name].siglum):
        blocks = [block for piece in (name, *within.get(name, ())) for block in documents[piece].blocks]
        found[documents[name].witness] = env.metadata[name] | {"blocks": [(b, words_of(b)) for b in blocks]}
    return found


def main(source: Path, build: Path) -> None:
    """Copy the web edition to ``site``, put into its ``downloads`` what is built, and name it on the first page."""
    env = pickle.loads((build / "doctrees/environment.pickle").read_bytes())  # noqa: S301 - written by our own build
    site, downloads = build / "site", build / "site/downloads"
    told = {"config": env.config, "texts": texts_of(env)}
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(build / "html", site, ignore=shutil.ignore_patterns(".*", "_sources", *UNUSED))
    pages = files_in(site, "**/*")
    downloads.mkdir()
    for path in (*build.glob("pdf/*.pdf"), *build.glob("epub/*.epub")):
        shutil.copy(path, downloads)
    for name, text in told["texts"].items():
        plain = TEMPLATES.get_template("plain.txt").render(told, text=text)
        (downloads / f"{name}.txt").write_text(plain, encoding="utf-8")
    readme = ("README.txt", TEMPLATES.get_template("data.txt").render(told).encode())
    data = files_in(source, "witnesses/*", "apparatus/*", "texts/**/*")
    pack(downloads / "witnesses-and-apparatus.zip", [readme, *data])
    pack(downloads / "site.zip", pages)
    sizes = {path.name: path.stat().st_size for path in downloads.iterdir()}
    table = TEMPLATES.get_template("downloads.html").render(told, sizes=sizes)
    (site / "index.html").write_text(PLACE.sub(lambda _: table, (site / "index.html").read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main(Path.cwd(), Path(sys.argv[1]))
