"""Every view shows the same things in its own way."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace

from checkout import ONTOLOGY, ROOT
from playwright.sync_api import expect
from programs import REGION

from graph.knowledge.triples import Asserted

SOURCES = """\
import { sources } from "./data.js";
import { h, replace } from "./dom.js";
import { sourceName } from "./names.js";

export function renderSources() {
  replace("sources", sources.map((source) => h("p", sourceName(source))));
}
"""


def rows(tab):
    return [row.replace("\n", "").split("\t") for row in tab.locator("#rows tbody tr").all_inner_texts()]


def test_a_click_on_a_thing_of_the_network_opens_its_record(visit, valley, take):
    tab = visit(valley, "#lang=en")
    tab.wait_for_timeout(300)
    place = re.search(r"translate\(([\d.]+) ([\d.]+)\)[^>]*><title>Barmij<", take(tab, "svg").decode())
    tab.locator("#canvas").click(position={"x": float(place[1]), "y": float(place[2])})
    expect(tab.locator("#record h2")).to_have_text("Barmij")


def test_a_tap_on_a_phone_opens_the_record_as_a_sheet(visit, valley, take):
    tab = visit(valley, "#lang=ar", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    tab.wait_for_timeout(300)
    x, y = re.search(r"translate\(([\d.]+) ([\d.]+)\)[^>]*><title>برمج<", take(tab, "svg").decode()).groups()
    tab.locator("#canvas").tap(position={"x": float(x), "y": float(y)})
    expect(tab.locator("#record h2")).to_have_text("برمج")
    expect(tab.locator("#record h2")).to_be_in_viewport()
    tab.locator("#record .head button").tap()
    expect(tab.locator("#record-side")).to_be_hidden()


def test_what_all_turns_on_stands_in_the_middle_of_attention(visit, curated, names_drawn, take):
    tab = visit(curated, "#lang=en")
    assert len(names_drawn(tab)) > 50
    x, y = re.search(
        r"translate\(([\d.]+) ([\d.]+)\)[^>]*><title>Souss-Massa Region<", take(tab, "svg").decode()
    ).groups()
    box = tab.locator("#canvas").bounding_box()
    assert 0.3 < float(x) / box["width"] < 0.7
    assert 0.3 < float(y) / box["height"] < 0.7


def test_links_are_quiet_until_asked(visit, valley, links_drawn, take):
    tab = visit(valley, "#lang=en")
    assert links_drawn(tab) == set()
    x, y = re.search(r"translate\(([\d.]+) ([\d.]+)\)[^>]*><title>Barmij<", take(tab, "svg").decode()).groups()
    tab.locator("#canvas").hover(position={"x": float(x), "y": float(y)})
    assert "launches" in links_drawn(tab)
    tab.locator("#canvas").hover(position={"x": 5, "y": 400})
    assert links_drawn(tab) == set()
    tab.locator("#names").click()
    assert {"launches", "president of", "part of (planned)"} & links_drawn(tab)


def test_planned_links_are_dashed_and_stated_ones_are_not(visit, valley, take):
    tab = visit(valley, "#lang=en")
    drawing, _, key = take(tab, "svg").decode().partition('class="frame"')
    dashes = re.compile(r'stroke-dasharray="([^"]*)"')
    assert set(dashes.findall(key)) == {"5 3", "12 4", "1 2.5", "0.5 0.3"}  # which the picture's own legend explains
    drawn = Counter(dashes.findall(drawing))
    assert drawn["5 3"] == 3  # the one planned claim of the valley, and two places that follow
    assert drawn["12 4"] == 1  # the one that is ongoing
    assert drawn["1 2.5"] == 7  # the seven others that are inferred
    assert drawn["0.5 0.3"] == 1  # the rim of the one thing that is planned


def test_the_neighbourhood_grows_with_its_depth(visit, valley, names_drawn):
    tab = visit(valley, "#lang=en&select=noura-haddad")
    assert names_drawn(tab) == {"Noura Haddad", "Emerald Valley Council"}
    tab.locator("[data-key=depth-2]").click()
    assert "Emerald Valley Region" in names_drawn(tab)
    assert "Barmij" not in names_drawn(tab)
    tab.locator("[data-key=depth-3]").click()
    assert "Barmij" in names_drawn(tab)


def test_the_table_holds_all_that_the_network_shows(visit, valley, emerald):
    network = emerald.network
    tab = visit(valley, "#lang=en&view=table")
    assert len(rows(tab)) == len(network)
    tab.locator("#table .switch button", has_text="Links").click()
    assert len(rows(tab)) == network.number_of_edges()


def test_the_table_sorts_and_filters(visit, valley):
    tab = visit(valley, "#lang=en&view=table")
    tab.locator("[data-sort=name]").click()
    names = [row[0] for row in rows(tab)]
    assert names[0] == "Al Marsa"
    assert names == sorted(names, key=str.casefold)
    expect(tab.locator("th", has=tab.locator("[data-sort=name]"))).to_have_attribute("aria-sort", "ascending")
    tab.locator("[data-sort=name]").click()
    assert [row[0] for row in rows(tab)] == names[::-1]
    tab.locator("#table input").fill("emeraude")  # no column of the English table says this
    assert rows(tab) == []
    tab.locator("#table input").fill("cafe numerique")
    assert {row[0] for row in rows(tab)} >= {"Café Numérique", "Café Numérique fab lab"}


def test_the_map_puts_things_at_their_true_places(visit, curated):
    tab = visit(curated, "#lang=en&view=map")
    places = {
        name: tab.locator(f"#map [aria-label='{name}, place'] path").bounding_box()
        for name in ("Tangier", "Agadir", "Tiznit")
    }
    assert places["Tangier"]["y"] < places["Agadir"]["y"] < places["Tiznit"]["y"]  # from north to south
    assert places["Agadir"]["x"] < places["Tangier"]["x"]  # and west to east
    expect(tab.locator(".map-note")).to_contain_text("Natural Earth")
    tab.locator("#map [aria-label^='Technopark Tiznit']").click()
    expect(tab.locator("#record h2")).to_have_text("Technopark Tiznit")


def test_the_map_zooms(visit, curated):
    tab = visit(curated, "#lang=en&view=map")
    before = tab.locator("#map [aria-label='Tangier, place'] path").bounding_box()["y"]
    tab.locator("#zoom-out").click()
    assert tab.locator("#map [aria-label='Tangier, place'] path").bounding_box()["y"] > before


def test_without_coordinates_or_dates_the_views_say_so(visit, paged, emerald):
    undated = tuple(c for c in emerald.facts.claims if not c.datatype)
    sources = {name: replace(source, issued="") for name, source in emerald.facts.sources.items()}
    facts = replace(emerald.facts, claims=undated, sources=sources)
    bare = replace(emerald, asserted=Asserted(facts, emerald.ontology))
    tab = visit(paged(bare), "#lang=en&view=map")
    expect(tab.locator("#map")).to_have_text("This data has no coordinates.")
    tab.locator("[data-view=timeline]").click()
    expect(tab.locator("#timeline")).to_have_text("This data has no dates.")


def saying(knowledge, *more, **changes):
    """Give a dataset that also says some claims; `changes` are made to its claim that Marsa Tech is organised."""
    claims = [replace(each, **changes) if each.property == "organises" else each for each in knowledge.facts.claims]
    facts = replace(knowledge.facts, claims=(*claims, *more))
    return replace(knowledge, asserted=Asserted(facts, knowledge.ontology))


def test_the_timeline_orders_what_has_a_date(visit, paged, emerald):
    tab = visit(paged(saying(emerald, since="2031-05")), "#lang=en&view=timeline")
    assert tab.locator("#timeline li > time").all_inner_texts() == ["2031", "Since May 2031", "1 June 2031"]
    expect(tab.locator("#timeline li").nth(1)).to_contain_text("Marsa Tech")


def test_gaps_say_what_was_read_and_what_covers_the_whole_region(visit, curated):
    tab = visit(curated, "#lang=en&view=spots")
    read = tab.locator("#spots details")
    expect(read.locator("summary")).to_have_text("Texts read: 18")
    expect(read.locator("li").first).to_have_text("News article on digitisation in Souss-Massa, 22 April 2024")
    numbers = tab.locator("#spots tbody tr", has_text="as a whole").locator("td").all_inner_texts()
    assert sum(map(int, filter(None, numbers))) == 4  # the claims of claims.csv that something covers souss-massa
    tata = tab.locator("#spots tbody tr", has_text="Tata").locator("td")
    assert tata.all_inner_texts() == ["0 of 20", "0", "0 + 2", "0 + 1", "0 + 1"]


def test_a_zero_of_the_gaps_never_looks_like_what_was_found(visit, curated):
    tab = visit(curated, "#lang=en&view=spots")
    cells = tab.locator("#spots tbody td:not(:empty)").all()
    ground = "each => getComputedStyle(each.querySelector('button') ?? each).backgroundColor"
    painted = {cell.inner_text().startswith("0"): set() for cell in cells}
    for cell in cells:
        zero = cell.inner_text().startswith("0")
        assert ("zero" in (cell.get_attribute("class") or "")) == zero, cell.inner_text()
        painted[zero].add(cell.evaluate(ground))
    assert not painted[True] & painted[False]


def test_gaps_measure_against_the_real_list_of_towns(visit, curated):
    tab = visit(curated, "#lang=en&view=spots")
    expect(tab.locator("#spots")).to_contain_text(
        "Reference sources list 175 towns and communes in Souss-Massa; our texts name 3 of them."
    )
    rows = {"Agadir-Ida-Ou-Tanane": "2 of 13", "Inezgane": "0 of 6", "Chtouka": "0 of 22", "Taroudannt": "0 of 89"}
    for area, said in (rows | {"Tata": "0 of 20", "Tiznit": "1 of 25"}).items():
        expect(tab.locator("#spots tbody tr", has_text=area).locator("td").first).to_have_text(said)
    expect(tab.locator("#spots tbody tr", has_text="Khouribga").locator("td").first).to_have_text("")
    assert tab.locator("#spots tbody tr").count() < 20, "no row for a province of which nothing is told"
    tab.get_by_label("Tiznit Province, Towns and communes: 1 of 25").click()
    expect(tab.locator("#record summary", has_text="no text names: 24")).to_be_visible()


def test_gaps_lead_to_their_rows(visit, curated):
    tab = visit(curated, "#lang=en&view=spots")
    head = tab.locator("#spots thead th").all_inner_texts()
    line = tab.locator("#spots tbody tr", has_text="Tiznit Province").locator("td").all_inner_texts()
    number = line[[text.strip().lower() for text in head[1:]].index("centre")]
    tab.locator("#spots tbody tr", has_text="Tiznit Province").get_by_label(re.compile("centre: ")).click()
    assert len(rows(tab)) == int(number)
    assert "Technopark Tiznit" in {row[0] for row in rows(tab)}


def test_questions_are_answered_and_shown_in_the_network(visit, curated, names_drawn):
    tab = visit(curated, "#lang=en&view=questions&question=poles")
    box = tab.locator(".question[open]")
    answered = set(box.locator("tbody tr td a bdi").all_text_contents())
    assert "Agrotech Souss-Massa" in answered
    assert "SELECT" in box.locator("textarea").input_value()
    expect(box.locator("textarea")).to_have_attribute("readonly", "")
    box.get_by_role("button", name="Show the answers in the network").click()
    assert all(any(full.startswith(name.rstrip("…")) for full in answered) for name in names_drawn(tab))
    assert "Haliopôle" in names_drawn(tab)


def test_numbers_on_a_link_count_its_claims(visit, paged, emerald):
    said = next(each for each in emerald.facts.claims if each.property == "organises")
    again = replace(said, source="gazetteer", quotations=(), record="fair/1", id="f" * 16)
    tab = visit(paged(saying(emerald, again)), "#lang=en&view=table&table=links")
    tab.locator("[data-sort=claims]").click()
    tab.locator("[data-sort=claims]").click()
    assert [row[4] for row in rows(tab)[:2]] == ["2", "1"]
    tab.locator("#rows tbody tr").first.locator("td a").first.click()
    expect(tab.locator("#record > .evidence")).to_have_count(2)


def test_a_view_is_a_file_and_a_line_of_the_table(visit, tmp_path):
    """As CONTRIBUTING says; what the sources are called is among the words already."""
    shutil.copytree(ROOT / "graph", tmp_path / "graph", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", tmp_path)
    scripts = tmp_path / "graph" / "page" / "js"
    (scripts / "sources.js").write_text(SOURCES, encoding="utf-8")
    table = (
        (scripts / "views.js")
        .read_text(encoding="utf-8")
        .replace("  spots: renderSpots,", "  spots: renderSpots,\n  sources: renderSources,")
    )
    (scripts / "views.js").write_text(f'import {{ renderSources }} from "./sources.js";\n{table}', encoding="utf-8")
    command = [sys.executable, "build.py", "build", "--data", REGION / "data", "--ontology", ONTOLOGY, "--out", "dist"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    tab = visit(tmp_path / "dist" / "index.html", "#lang=fr")
    tab.get_by_role("button", name="Sources", exact=True).click()
    expect(tab.locator("#sources p")).not_to_have_count(0)
    assert "view=sources" in tab.url
    tab.reload()
    expect(tab.locator("#sources p").first).to_be_visible()
