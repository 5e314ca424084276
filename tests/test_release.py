"""The release script: what it makes is made again byte by byte, and what it could not try it says and fails."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from checkout import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.processes]

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def test_a_release_says_what_it_could_not_try(tmp_path: Path) -> None:
    """Only the audit may fail, where its database is out of reach: then the whole has failed."""
    out = tmp_path / "release"
    command = [sys.executable, str(ROOT / ".ci" / "release.py"), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    _, _, failed = done.stderr.partition("FAILED, so that this is no release:\n")
    assert failed.split("\n") in ([""], ["- pip-audit", ""]), done.stdout + done.stderr
    assert done.returncode == bool(failed)
    assert "not audited" in done.stdout or not failed
    made = {path.name.replace(VERSION, "V") for path in out.iterdir()}
    assert made == {"azetta-V-py3-none-any.whl", "azetta-V.tar.gz", "azetta.cdx.json", "site.zip", "SHA256SUMS"}
    assert {"index.html", "sitemap.xml", "download/void.ttl"} < set(zipfile.ZipFile(out / "site.zip").namelist())
    parts = {each["name"] for each in json.loads((out / "azetta.cdx.json").read_text(encoding="utf-8"))["components"]}
    assert {"azetta", "pyoxigraph", "rdflib"} < parts
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=out, check=True)
    assert subprocess.run(command, capture_output=True, check=False).returncode == 2, "never over another"
