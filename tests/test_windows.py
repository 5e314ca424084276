"""What a council's staff does works where Windows is, as far as Linux can play it: its modules and calls hidden."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from checkout import ROOT

pytestmark = pytest.mark.processes

REGION = ROOT / "tests" / "regions" / "emerald-valley"
#: What Windows lacks: modules, calls, a link to a link, and a console of more than 1252. filelock comes first: it locks
#: there in a way of its own, and here it needs what is hidden.
HIDDEN = """
import filelock, os, signal, sys
for name in ("fcntl", "resource", "uvloop", "termios", "pwd", "grp"):
    sys.modules[name] = None
for name in ("fork", "register_at_fork", "O_DIRECTORY", "getuid", "geteuid", "fchmod", "mkfifo"):
    if hasattr(os, name):
        delattr(os, name)
del signal.SIGKILL
def refused(*paths, follow_symlinks=True):
    if not follow_symlinks:
        raise NotImplementedError("link: follow_symlinks unavailable on this platform")
os.link = refused
from graph.start import main
sys.argv[0] = "azetta"
sys.exit(main())
"""


@pytest.fixture
def region(tmp_path: Path) -> Path:
    folder = tmp_path / "région"
    shutil.copytree(REGION / "data", folder / "data")
    shutil.copytree(REGION / "texts", folder / "texts")
    for table in (folder / "data").glob("*.csv"):
        table.write_bytes(table.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    return folder


def ran(region: Path, *arguments: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "LC_ALL": "C", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", HIDDEN, *arguments],
        cwd=region,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


def test_tables_with_windows_line_ends_are_built_and_asked(region: Path) -> None:
    first = ran(region, "build")
    assert (first.returncode, "files in dist/" in first.stdout) == (0, True), first.stderr
    assert b"\r" not in (region / "dist" / "emerald-valley.ttl").read_bytes()
    asked = ran(region, "question", "centres", "--lang", "ar")
    assert asked.returncode == 0, asked.stderr
    assert "المرسى" in asked.stdout
    again = ran(region, "build")
    assert again.returncode == 0, again.stderr


def test_a_query_ends_at_its_deadline(region: Path) -> None:
    assert ran(region, "build").returncode == 0
    count = ran(region, "query", "--timeout", "20", "SELECT (COUNT(*) AS ?n) { ?claim a az:Claim }", "--format", "csv")
    assert (count.returncode, count.stdout.split()) == (0, ["n", "18"]), count.stderr
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    late = ran(region, "query", "--timeout", "1", endless, timeout=30)
    assert (late.returncode, late.stderr.splitlines()[-1][:27]) == (1, "no answer within 1 seconds;")


def test_the_tables_are_checked_added_to_and_put_back(region: Path) -> None:
    assert ran(region, "check").returncode == 0
    before = (region / "data" / "entities.csv").read_bytes()
    formatted = ran(region, "format")
    assert formatted.returncode == 0, formatted.stderr
    assert b"\r" not in (region / "data" / "entities.csv").read_bytes()
    undone = ran(region, "undo")
    assert (undone.returncode, (region / "data" / "entities.csv").read_bytes()) == (0, before), undone.stderr
    sheet = ran(region, "sheet", "entities")
    assert (sheet.returncode, (region / "emerald-valley.xlsx").is_file()) == (0, True), sheet.stderr
    words = "ويضم المركز مختبرا للتصنيع الرقمي"
    claim = ["cafe-fab-lab", "locatedIn", "El Marsa", "--words", words, "--text", "bulletin=texts/bulletin.txt"]
    added = ran(region, "add", "claim", *claim)
    assert (added.returncode, "cafe-fab-lab,locatedIn,al-marsa" in added.stdout) == (0, True), added.stderr


def test_serve_says_at_once_what_it_cannot_do(region: Path) -> None:
    refused = ran(region, "serve")
    assert refused.returncode == 1
    assert refused.stderr == (
        "serve needs Linux or macOS: queries run in forked processes, confined by resource limits\n"
    )
    assert not (region / "dist").exists()
