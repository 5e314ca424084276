"""Makes a release of the commit that is checked out, in a folder: python .ci/release.py FOLDER.

There will be wheel and sdist (twice built, the same bytes; the wheel carries the page's SPARQL engine), a zip of the
site for any static host, the list of the parts that it runs with (CycloneDX) and SHA256SUMS. With each Python the wheel
is installed, builds twice in an empty folder in other surroundings, asks and serves. Whatever is wrong or could not be
tried is told at the end, and then the release has failed: exit 1. It needs git, npm and uv, and installs the rest.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13")
RESOLVED = "3.14"
"""The Python for which it is only looked whether there are wheels."""
TOOLS = ("cyclonedx-bom>=7", "hatchling>=1.27", "pip-audit>=2.9")
SURROUNDINGS = (
    {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "Asia/Kathmandu", "LC_ALL": "POSIX", "PYTHONHASHSEED": "2"},
)
KNOWN_TO_BE_WEAK = "jinja2==2.11.2"
"""An auditor that finds nothing here has asked nobody."""
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def run(*command: object, cwd: Path, **environment: str) -> str:
    """Run a command; give what it prints, and let RuntimeError say what went wrong."""
    words = [str(each) for each in command]
    done = subprocess.run(
        words, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}".rstrip())
    return done.stdout


def digests(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of each file below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def same(one: Path, other: Path, but: str = "") -> None:
    """Let RuntimeError name the files that two folders do not have alike, `but` one that need not be."""
    unlike = {name for name, _ in digests(one).items() ^ digests(other).items()} - {but}
    if unlike:
        raise RuntimeError(f"not the same bytes: {', '.join(sorted(unlike))}")


class Release:
    """One release: `work` is a folder that goes, `out` the one that stays, `failed` what went wrong."""

    def __init__(self, work: Path, out: Path) -> None:
        self.work, self.out = work, out
        self.failed: list[str] = []
        self.epoch = run("git", "log", "-1", "--format=%ct", cwd=ROOT).strip()
        self.tools = work / "tools" / SCRIPTS

    def step(self, title: str, task: Callable[[], None]) -> None:
        """Take a step; what goes wrong is noted, and the next one taken."""
        print(f"== {title}", flush=True)
        try:
            task()
        except (RuntimeError, OSError, ValueError) as exc:
            print(exc, flush=True)
            self.failed.append(title)

    def take(self) -> None:
        """Take every step."""
        self.step("the checkout is a commit", self.committed)
        self.step("tools", self.install_tools)
        self.step("wheel and sdist, the same bytes twice", self.build)
        for python in PYTHONS:
            self.step(f"Python {python}: installs, builds, asks, serves", partial(self.try_with, python))
        self.step(f"Python {RESOLVED}: wheels for all it needs", self.resolve)
        self.step("the site as a zip", self.zip_site)
        self.step("the list of parts (CycloneDX)", self.list_parts)
        self.step("pip-audit", self.audit)
        sums = [f"{digest}  {name}\n" for name, digest in digests(self.out).items()]
        (self.out / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")

    def committed(self) -> None:
        """Refuse what is not committed: nobody else could make this release."""
        if changed := run("git", "status", "--porcelain", cwd=ROOT):
            raise RuntimeError(f"not committed:\n{changed}")

    def install_tools(self) -> None:
        """Install what a release is made with."""
        run("uv", "venv", "--python", PYTHONS[-1], self.tools.parent, cwd=self.work)
        run("uv", "pip", "install", "--python", self.tools / "python", *TOOLS, cwd=self.work)

    def build(self) -> None:
        """Build wheel and sdist of the commit, twice, each in a folder and in surroundings of its own."""
        made = [self.work / f"made{number}" for number, _ in enumerate(SURROUNDINGS)]
        for folder, around in zip(made, SURROUNDINGS, strict=True):
            source = self.work / f"source-{folder.name}"
            source.mkdir()
            run("git", "archive", "--output", self.work / "source.tar", "HEAD", cwd=ROOT)
            shutil.unpack_archive(self.work / "source.tar", source, filter="data")
            pin = tomllib.loads((source / "graph/page/engine.toml").read_text(encoding="utf-8"))
            package = f"{pin['package']}@{pin['version']}"
            run(
                "npm",
                "install",
                "--prefix",
                source / "graph/page/carried",
                "--no-audit",
                "--no-fund",
                package,
                cwd=source,
            )
            around = around | {"SOURCE_DATE_EPOCH": self.epoch}
            run(self.tools / "python", "-m", "hatchling", "build", "-d", folder, cwd=source, **around)
        same(made[0], made[1])
        for path in made[0].iterdir():
            shutil.copy(path, self.out)
        carried = {name.rpartition("/")[2] for name in zipfile.ZipFile(self.wheel).namelist() if "/carried/" in name}
        if not carried >= pin["sha256"].keys():
            raise RuntimeError("the wheel lacks the SPARQL engine")

    @property
    def wheel(self) -> Path:
        """The wheel; RuntimeError if there is none."""
        found = next(self.out.glob("*.whl"), None)
        if found is None:
            raise RuntimeError("not tried: there is no wheel")
        return found

    def installed(self, python: str) -> Path:
        """Install the wheel with nothing else around it; give the folder of its commands."""
        place = self.work / f"python{python}"
        if not place.exists():
            run("uv", "venv", "--python", python, place, cwd=self.work)
            run("uv", "pip", "install", "--python", place / SCRIPTS / "python", self.wheel, cwd=self.work)
        return place / SCRIPTS

    def try_with(self, python: str) -> None:
        """Do what somebody does who installs the wheel, and compare what two builds leave."""
        azetta, left = self.installed(python) / "azetta", []
        for number, around in enumerate(SURROUNDINGS):
            empty = self.work / f"empty{python}-{number}"
            empty.mkdir()
            run(azetta, "build", "--sparql", cwd=empty, **around)
            left.append(empty / "dist")
        same(left[0], left[1])
        if (first := self.work / f"empty{PYTHONS[0]}-0" / "dist").exists():
            same(first, left[0], but="manifest.json")  # which says with what it was built
        answer = run(azetta, "query", "SELECT (COUNT(?c) AS ?n) { ?c a az:Claim }", "-f", "csv", cwd=left[0].parent)
        if int(answer.split()[1]) < 200:
            raise RuntimeError(f"a query answered {answer}")
        with served(azetta, left[0].parent) as address, urllib.request.urlopen(f"{address}health", timeout=30) as reply:
            if json.load(reply)["status"] != "ok":
                raise RuntimeError("the server is not well")

    def resolve(self) -> None:
        """Look whether each part has a wheel for a Python that may not be here."""
        wanted = self.work / "wanted.in"
        wanted.write_text(f"azetta @ {self.wheel.as_uri()}\n", encoding="utf-8")
        run("uv", "pip", "compile", "--python-version", RESOLVED, "--only-binary", ":all:", wanted, cwd=self.work)

    def zip_site(self) -> None:
        """Put the site into a zip that is the same each time."""
        run(self.installed(PYTHONS[-1]) / "azetta", "build", "--site", self.work / "site", cwd=self.work)
        made = datetime.fromtimestamp(int(self.epoch), UTC)
        with zipfile.ZipFile(self.out / "site.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for name in digests(self.work / "site"):
                entry = zipfile.ZipInfo(name, (made.year, made.month, made.day, made.hour, made.minute, made.second))
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                archive.writestr(entry, (self.work / "site" / name).read_bytes())

    def list_parts(self) -> None:
        """Write which parts it runs with, in which versions."""
        python = self.installed(PYTHONS[-1]) / "python"
        told = ("environment", python, "--output-reproducible", "-o", self.out / "azetta.cdx.json")
        run(self.tools / "cyclonedx-py", *told, cwd=self.work, SOURCE_DATE_EPOCH=self.epoch)

    def audit(self) -> None:
        """Look for known weaknesses of the parts; a part of which nobody told anything was not looked at."""
        python = self.installed(PYTHONS[-1]) / "python"
        frozen = run("uv", "pip", "freeze", "--python", python, cwd=self.work).splitlines()
        parts = [each for each in frozen if not each.startswith("azetta")]
        for name, wanted in (("known", [KNOWN_TO_BE_WEAK]), ("parts", parts)):
            file = self.work / f"{name}.txt"
            file.write_text("\n".join(wanted), encoding="utf-8")
            options = ("--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json", "-r", file)
            done = subprocess.run(
                [str(each) for each in (self.tools / "pip-audit", *options)],
                capture_output=True,
                text=True,
                check=False,
            )
            if not done.stdout.startswith("{"):
                raise RuntimeError(f"not audited: {done.stderr.strip().rpartition(chr(10))[2]}")
            told = json.loads(done.stdout)["dependencies"]
            if skipped := [each["name"] for each in told if "skip_reason" in each]:
                raise RuntimeError(f"not audited: {', '.join(skipped)}")
            weak = [f"{each['name']} {found['id']}" for each in told for found in each["vulns"]]
            if name == "known" and not weak:
                raise RuntimeError(f"not audited: nothing was told of {KNOWN_TO_BE_WEAK}")
            if name == "parts" and weak:
                raise RuntimeError(f"weaknesses are known: {', '.join(weak)}")


@contextmanager
def served(azetta: Path, folder: Path) -> Iterator[str]:
    """Serve what was built on a free port; give the address."""
    command = [str(azetta), "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            found = next(filter(None, (re.search(r"http://\S+?/", line) for line in server.stdout or ())), None)
            if found is None:
                raise RuntimeError("the server did not start")
            yield found[0]
        finally:
            server.terminate()


def main() -> None:
    """Make the release; exit 1 if a step failed, 2 if no empty folder was named."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    out = Path(sys.argv[1]).resolve()
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        print(f"{out} is not empty", file=sys.stderr)
        sys.exit(2)
    with tempfile.TemporaryDirectory() as work:
        release = Release(Path(work), out)
        release.take()
    if release.failed:
        sys.exit("FAILED, so that this is no release:\n" + "\n".join(f"- {each}" for each in release.failed))
    print(f"released into {out}")


if __name__ == "__main__":
    main()
