"""Make one folder to give to an archive: the sources of a published version, and all that was made of them."""

import io
import json
import shutil
import subprocess
import sys
import tarfile
import time
from pathlib import Path

from sphinx.environment import BuildEnvironment

import variorum
from variorum.commands.bag import PAYLOAD, close_bag, write
from variorum.commands.build import say
from variorum.commands.datacite import Texts, metadata
from variorum.commands.repository import git
from variorum.config import folders
from variorum.site.texts import as_built
from variorum.text.witness import read_witness

SOURCES, SITE, TEI = "sources", "site", "tei"
"""Folders of the payload: the files of the repository; the published site with all that it offers; the TEI."""
CITATION = "CITATION.cff"
README = """\
{project}, version {version} ({date})

data/sources   all files of the repository at the tag {tag}
data/site      the web edition, and in its folder downloads every other format
data/tei       the texts, registers and bibliography in TEI P5
datacite.json  what this is, who made it, which rights there are (DataCite 4.5)
CITATION.cff   how to cite it

The folder is a bag (BagIt 1.0, RFC 8493): manifest-sha256.txt has the checksum of every file below data.

To make the formats again, to the same bytes, install variorum {variorum}, which may be among the sources, and run
in a copy of data/sources:
  export SOURCE_DATE_EPOCH={seconds} TZ=UTC
  python3 -m variorum build html epub tei pdf
A PDF is the same where it is set by the same version of TeX Live. Where the sources have a Makefile, `make site tei`
does all of this, and makes the site with its downloads.
"""


def deposit(source: Path, out: Path) -> int:
    """Write ``out``/deposit; return the exit status."""
    fault = fault_of(source, out)
    if fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    env = as_built(out)
    seconds = int(git(source, "log", "-1", "--format=%ct").stdout)
    date = time.strftime("%Y-%m-%d", time.gmtime(seconds))
    name = f"{env.config.project}, version {env.config.version}"
    bag = out / "deposit"
    shutil.rmtree(bag, ignore_errors=True)
    payload = bag / PAYLOAD
    unpack_sources(source, payload / SOURCES)
    say(f"{PAYLOAD}/{SOURCES}: the repository at v{env.config.version}")
    for folder in (SITE, TEI):
        shutil.copytree(out / folder, payload / folder, ignore=shutil.ignore_patterns(".*"))
        say(f"{PAYLOAD}/{folder}: as built")
    if (source / CITATION).exists():
        shutil.copy(source / CITATION, bag / CITATION)
    told = metadata(env.config, rights_by_title(env), date)
    write(bag / "datacite.json", json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    about = {"project": env.config.project, "version": env.config.version, "tag": f"v{env.config.version}"}
    write(bag / "README.txt", README.format(**about, date=date, seconds=seconds, variorum=variorum.__version__))
    info = {
        "Source-Organization": env.config.author,
        "External-Description": name,
        "Bagging-Date": date,
        "Bag-Software-Agent": f"variorum {variorum.__version__}",
    }
    close_bag(bag, info)
    say(f"  {bag}")
    return 0


def fault_of(source: Path, out: Path) -> str:
    """Return what keeps a deposit from being made, and what to do; nothing where it can be made."""
    wanted = (f"{SITE}/index.html", f"{TEI}/edition.xml", "doctrees/environment.pickle")
    missing = [name for name in wanted if not (out / name).exists()]
    if missing:
        return f"{out / missing[0]}: not built; run `make site tei`"
    env = as_built(out)
    tag = f"v{env.config.version}"
    tags = git(source, "tag", "--points-at", "HEAD").stdout.split()
    if tag not in tags:
        return f"conf.py: version {env.config.version} is not published at this commit; run `make release`"
    changed = git(source, "status", "--porcelain").stdout.splitlines()
    if changed:
        return f"{changed[0][3:]}: not committed; a deposit has what is committed"
    built = (out / SITE / "_static/wordings.js").read_text(encoding="utf-8")
    if f'"version":{json.dumps(env.config.version)}' not in built:
        return f"{out / SITE}: another version than {env.config.version}; run `make site tei`"
    return ""


def rights_by_title(env: BuildEnvironment) -> Texts:
    """Return the title of each witness that has a text, and what is known of the rights in it."""
    documents = env.domaindata["variorum"]["documents"].values()
    names = sorted({document.witness for document in documents if document.siglum})
    witnesses = [read_witness(folders(env), name) for name in names]
    return [(str(witness.about["title"]), witness.rights) for witness in witnesses]


def unpack_sources(source: Path, folder: Path) -> None:
    """Write the files of the commit, and no others."""
    command = ["git", "-C", str(source), "archive", "--format=tar", "HEAD"]
    packed = subprocess.run(command, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
