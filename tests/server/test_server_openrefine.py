"""OpenRefine itself reconciles a table of names in Arabic and French, and takes properties as columns.

It is Debian's package; the ordinary run leaves it out: apt-get install openrefine && pytest -m slow tests/server
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect, sync_playwright
from servers import free_port

from .conftest import ROOT, Served, running, until

pytestmark = [pytest.mark.slow, pytest.mark.servers]

DATA = ROOT / "tests" / "regions" / "emerald-valley" / "data"
TABLE = """ville,pays
المرسي,Vallée d'Émeraude
El Marsa,وادي الزمرد
Al Mersa,
Café Numérique,
Reykjavík,
"""
ROWS = json.dumps({"facets": [], "mode": "row-based"})


@dataclass(frozen=True)
class Refine:
    """OpenRefine by its HTTP API: https://openrefine.org/docs/technical-reference/openrefine-api"""

    address: str

    def get(self, command: str, **parameters: str) -> Any:
        return httpx.get(f"{self.address}/command/core/{command}", params=parameters, timeout=60).json()

    def post(self, command: str, files: dict[str, Any] | None = None, **form: str) -> httpx.Response:
        address, token = f"{self.address}/command/core/{command}", self.get("get-csrf-token")["token"]
        project = {"project": form.pop("project")} if "project" in form else {}
        if files:
            return httpx.post(address, params={"csrf_token": token}, data=form, files=files, timeout=60)
        return httpx.post(address, params=project, data={"csrf_token": token, **form}, timeout=60)

    def finished(self, project: str) -> None:
        until(lambda: not self.get("get-processes", project=project)["processes"], 60)

    def table(self, project: str) -> tuple[list[list[Any]], dict[str, Any]]:
        told = self.post("get-rows", project=project, start="0", limit="20", engine=ROWS).json()
        return [row["cells"] for row in told["rows"]], told["pool"]["recons"]


@pytest.fixture(scope="module")
def refine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Refine]:
    if not shutil.which("openrefine"):
        pytest.skip("openrefine is not installed")
    port, folder = free_port(), tmp_path_factory.mktemp("refine")
    command = ["java", "-Xmx512M", "-Drefine.headless=true", f"-Drefine.port={port}", "-Drefine.host=127.0.0.1"]
    command += [f"-Drefine.data_dir={folder}", "-Drefine.webapp=/usr/share/openrefine/webapp"]
    command += ["-cp", "/usr/share/openrefine/server/*", "com.google.refine.Refine"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder) as process:
        try:
            found = Refine(f"http://127.0.0.1:{port}")
            until(lambda: _answers(found), 90)
            yield found
        finally:
            process.kill()


def _answers(refine: Refine) -> bool:
    try:
        return "version" in refine.get("get-version")
    except (httpx.HTTPError, ValueError):
        return False


@pytest.fixture(scope="module")
def valley(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    out = tmp_path_factory.mktemp("emerald") / "dist"
    subprocess.run([sys.executable, str(ROOT / "build.py"), "--data", str(DATA), "--out", str(out)], check=True)
    with running(out, "--cors", "*") as server:
        yield server


def _uploaded(refine: Refine) -> str:
    """Make a project of the table, and give its number."""
    options = json.dumps({"separator": ",", "encoding": "UTF-8"})
    upload = {"project-file": ("places.csv", TABLE.encode(), "text/csv")}
    about = {"project-name": "places", "format": "text/line-based/*sv"}
    made = refine.post("create-project-from-upload", upload, options=options, **about)
    return made.headers["location"].rpartition("=")[2]


def _extended(refine: Refine, project: str, service: str, spaces: dict[str, str], names: Iterable[str]) -> None:
    """Add columns of what the service says of the things in the first."""
    where = {"baseColumnName": "ville", "columnInsertIndex": "1", "endpoint": service, "engine": ROWS, **spaces}
    extension = json.dumps({"properties": [{"id": name, "name": name} for name in names]})
    refine.post("extend-data", project=project, extension=extension, **where)
    refine.finished(project)


def test_a_table_is_reconciled_and_grows(refine: Refine, valley: Served) -> None:
    service = f"{valley.address}/reconcile/fr"
    project = _uploaded(refine)
    guessed = refine.post("guess-types-of-column", project=project, columnName="ville", service=service).json()
    assert guessed["types"][0]["id"] == "City", guessed
    assert guessed["types"][0]["name"] == "ville ou commune"

    manifest = httpx.get(service).json()
    spaces = {name: manifest[name] for name in ("identifierSpace", "schemaSpace")}
    details = [{"column": "pays", "propertyName": "compris dans", "propertyID": "containedIn"}]
    config = {"mode": "standard-service", "service": service, "autoMatch": True, "columnDetails": details, **spaces}
    refine.post("reconcile", project=project, columnName="ville", config=json.dumps(config), engine=ROWS)
    refine.finished(project)
    rows, recons = refine.table(project)
    judged = [recons[str(row[0]["r"])] for row in rows]
    assert [(each["j"], each.get("m", {}).get("id")) for each in judged] == [
        ("matched", "al-marsa"),
        ("matched", "al-marsa"),
        ("none", None),
        ("matched", "cafe-numerique"),
        ("none", None),
    ]
    assert [(each["id"], each["name"]) for each in judged[2]["c"]] == [("al-marsa", "El Marsa")]
    assert not judged[4].get("c")

    _extended(refine, project, service, spaces, ("containedIn", "containedIn/source", "population"))
    rows, _ = refine.table(project)
    added = [[cell and cell["v"] for cell in row[2:]] for row in rows[:2]]
    assert added == [["Vallée d'Émeraude", "Répertoire des lieux imaginaires", 41250]] * 2

    _its_page_shows_a_card(refine, project, service)


def _its_page_shows_a_card(refine: Refine, project: str, service: str) -> None:
    """In its own page a service is added by its address, and a candidate pointed at shows the card in a frame."""
    chromium = shutil.which("chromium")
    assert chromium
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, chromium_sandbox=False)
        page = browser.new_page(locale="fr-FR")
        page.goto(f"{refine.address}/project?project={project}")
        page.evaluate("url => ReconciliationManager.registerStandardService(url)", service)
        page.wait_for_function("url => ReconciliationManager.getServiceFromUrl(url)", arg=service)
        page.reload()
        page.get_by_text("El Marsa", exact=True).last.hover()
        card = page.frame_locator("iframe").get_by_role("heading")
        expect(card).to_have_text("El Marsa", timeout=20_000)
        browser.close()
