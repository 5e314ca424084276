"""The manifest names the libraries that made the files, and their versions."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from checkout import ONTOLOGY
from packaging.requirements import Requirement

pytestmark = pytest.mark.processes

BUILD = """
import sys
from pathlib import Path
from graph.pipeline import build
build(Path("data"), Path(sys.argv[1]), Path("dist"))
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
#: What a build loads to read headers and to take turns; it has no part in what is written.
NO_PART = {"filelock", "pyyaml"}


def test_it_names_the_libraries_of_a_build_and_their_versions(region: Path) -> None:
    done = subprocess.run([sys.executable, "-c", BUILD, ONTOLOGY], capture_output=True, text=True, check=True)
    modules = {"pyyaml" if name == "yaml" else name for name in done.stdout.split()}
    ours = {Requirement(line).name for line in requires("azetta") or () if "extra ==" not in line}
    manifest = json.loads(Path("dist/manifest.json").read_text(encoding="utf-8"))
    assert manifest["versions"] == {name: version(name) for name in (modules & ours) - NO_PART}
    assert set(manifest["versions"]) == {"jinja2", "networkx", "numpy", "pyoxigraph", "pyvis", "shacl"}
    assert manifest["azetta"] == version("azetta")
