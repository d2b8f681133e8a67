"""DAISY's accessibility checker finds nothing in the ePub."""

import json
import os
import shutil
import subprocess
from pathlib import Path

VERSION = "1.4.6"


def test_ace_finds_nothing(root: Path, epub: Path, tmp_path: Path) -> None:
    ace = root / "_build/ace"
    program = ace / "node_modules/.bin/ace-cli"
    browser = shutil.which("chromium") or ""
    if not program.exists():
        packages = [f"@daisy/{name}@{VERSION}" for name in ("ace-cli", "ace-axe-runner-puppeteer")]
        command = ["npm", "install", "--prefix", str(ace), "--no-audit", "--no-fund", *packages]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"})
    env = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": browser, "ACE_TIMEOUT_INITIAL": "30000"}
    subprocess.run([program, "-o", tmp_path, epub], check=True, capture_output=True, env=env)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    found = [
        (page["earl:testSubject"]["url"], finding["earl:test"]["dct:title"], finding["earl:result"].get("html"))
        for page in report["assertions"]
        for finding in page["assertions"]
    ]
    assert found == []
    assert report["earl:result"] == {"earl:outcome": "pass"}
