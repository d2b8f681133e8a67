"""Which places of the web a bibliography may name: a rule of the edition, kept as data."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from pybtex.database import Entry

from variorum.problems import Problem, Report


def read_admitted(root: Path, path: str) -> dict[str, str]:
    """Read the hosts that are admitted, each with its class; raise EditionError where the file is not of the form.

    The file is TOML, a table a class: ``[archive]``, and in it ``"marxists.org" = "why it is admitted"``.
    """
    report = Report(path, "citation")
    data = report.toml(report.text(root))
    admitted: dict[str, str] = {}
    for name, hosts in data.items():
        if not isinstance(hosts, dict):
            report.add(0, f"“{name}” is no class of hosts", 'write [archive], and below it "host" = "why"')
            continue
        for host, reason in hosts.items():
            if not isinstance(reason, str) or not reason.strip():
                report.add(0, f"no reason for “{host}” in [{name}]", "say why it is admitted")
            admitted[host.lower()] = name
    report.close()
    return admitted


def host_problems(
    entries: Mapping[str, Entry], lines: Mapping[str, tuple[str, int]], admitted: Mapping[str, str], path: str
) -> Iterator[Problem]:
    """Yield a problem for each entry at a host that is not admitted, and for each of no kind."""
    for key, entry in entries.items():
        name, line = lines[key.lower()]
        host = host_of(entry)
        if host and host not in admitted:
            remedy = f"cite the work where it is at home, or admit the host in {path}"
            yield Problem(name, line, "citation", f"“{key}” is read at {host}, which is not admitted", remedy)
        if entry.type == "misc" and not any(field in entry.fields for field in ("howpublished", "type", "note")):
            remedy = "give its true type, or say in howpublished what it is"
            yield Problem(name, line, "citation", f"“{key}” is of the type misc, and does not say what it is", remedy)


def host_of(entry: Entry) -> str:
    """Return the host at which an entry is read, without ``www``; empty where it has no address."""
    address = entry.fields.get("url", "").replace("\\", "")
    return (urlsplit(address).hostname or "").removeprefix("www.").rstrip(".")
