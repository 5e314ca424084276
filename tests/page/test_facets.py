"""The legend counts, and filters what every view shows."""

from __future__ import annotations

from playwright.sync_api import expect


def facet(tab, name, value):
    return tab.locator(f"[data-facet={name}][data-value='{value}']")


def number(tab, name, value):
    return facet(tab, name, value).locator(".number").inner_text()


def test_counts_follow_the_other_facets(visit, valley):
    tab = visit(valley, "#lang=en")
    assert number(tab, "kind", "Centre") == "3"
    assert number(tab, "kind", "Council") == "1"
    facet(tab, "status", "planned").click()  # the incubator is planned to be part of the Café
    assert number(tab, "kind", "Centre") == "2"
    assert number(tab, "kind", "Council") == "0"


def test_choices_of_one_facet_add_up_and_facets_narrow(visit, valley):
    tab = visit(valley, "#lang=en&view=table")
    facet(tab, "kind", "Council").click()
    facet(tab, "kind", "Person").click()
    assert sorted(tab.locator("#rows tbody th").all_inner_texts()) == ["Emerald Valley Council", "Noura Haddad"]
    facet(tab, "status", "planned").click()
    expect(tab.locator("#rows tbody th")).to_have_count(0)
    tab.locator("#chips button", has_text="Clear filters").click()
    expect(tab.locator("#rows tbody th")).to_have_count(13)


def test_a_status_leaves_only_its_links(visit, valley):
    tab = visit(valley, "#lang=en&view=table&table=links&status=planned")
    rows = [
        " | ".join(row.split("\t")[:4]).replace("\n", "") for row in tab.locator("#rows tbody tr").all_inner_texts()
    ]
    assert rows == ["Café Numérique incubator | part of | Café Numérique | planned"]


def test_a_place_holds_what_is_in_its_parts(visit, valley):
    tab = visit(valley, "#lang=en&view=table&place=emerald-valley&kind=Centre")
    names = tab.locator("#rows tbody th").all_inner_texts()
    assert "Café Numérique" in names  # located in Al Marsa, which is contained in Emerald Valley


def test_show_only_hides_and_fade_keeps(visit, valley, names_drawn):
    tab = visit(valley, "#lang=en&kind=Council")
    assert names_drawn(tab) == {"Emerald Valley Council"}
    tab.locator("[data-mode=fade]").click()
    assert "Barmij" in names_drawn(tab)
    assert "fade" in tab.url


def test_what_is_picked_is_drawn_with_its_links_to_what_passes(
    visit, valley, names_drawn, links_drawn, things_drawn, take
):
    tab = visit(valley, "#lang=en&kind=Theme")
    assert names_drawn(tab) == {"Coding"}
    tab.locator("#search").fill("barmij")
    tab.locator("#results [role=option]").first.click()
    assert things_drawn(tab).keys() == {"Barmij", "Coding"}
    assert names_drawn(tab) == {"Barmij", "Coding"}
    for _ in range(3):  # near to one another, the two leave no room for the name of their link
        tab.locator("#zoom-in").click()
    assert links_drawn(tab) == {"is about"}
    assert "az:about <https://example.org/emerald-valley/coding>" in take(tab, "turtle").decode()
    expect(tab.locator("#counts")).to_contain_text("2 of 13")


def test_a_link_of_what_is_picked_passes_the_filter_of_links(visit, valley, links_drawn, things_drawn):
    tab = visit(valley, "#lang=en&status=planned&select=cafe-fab-lab")  # it is a stated part of the Café
    assert len(things_drawn(tab)) == 3
    assert links_drawn(tab) == set()


def test_what_is_picked_stands_on_the_map(visit, valley):
    tab = visit(valley, "#lang=en&view=map&kind=Theme&select=al-marsa")
    expect(tab.locator("#map .mark")).to_have_attribute("aria-label", "Al Marsa, place")


def test_nothing_matching_says_so(visit, valley):
    tab = visit(valley, "#lang=en&kind=Council&status=planned")
    expect(tab.locator("#empty")).to_have_text("Nothing matches the filters.")


def test_a_value_that_nothing_has_filters_nothing_away(visit, valley):
    tab = visit(valley, "#lang=en&kind=Nope")
    everything = tab.locator("#counts").inner_text().split(" · ")[0].split(": ")[1].split(" of ")
    assert everything[0] == everything[1]


def test_the_numbers_of_the_kinds_are_of_what_is_drawn_each_once_and_the_legend_says_so(visit, curated, things_drawn):
    tab = visit(curated, "#lang=en&layer=where")
    kinds = tab.locator("#legend [data-facet=kind] .number").all_inner_texts()
    drawn = len(things_drawn(tab))
    assert sum(map(int, kinds)) == drawn == int(tab.locator("[data-value=where] .number").inner_text())
    assert "Ibn Zohr University" in things_drawn(tab)  # of two classes, and so in two layers
    expect(tab.locator("#legend section", has_text="Kind")).to_contain_text("each under one kind, that of its mark")
