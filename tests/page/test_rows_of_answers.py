"""The documented questions: rows that lead into the network, all the things of an answer, one of them asked alone."""

from __future__ import annotations

import shlex

from click.testing import CliRunner
from playwright.sync_api import expect

from graph import cli


def test_a_row_shows_its_things_in_the_network(visit, curated, names_drawn):
    tab = visit(curated, "#lang=en&view=questions&question=roles")
    row = tab.locator(".question[open] tbody tr").first
    things = set(row.locator("a bdi").all_text_contents())
    row.get_by_role("button", name="Network").click()
    expect(tab.locator("#view-network")).to_be_visible()
    assert names_drawn(tab) == things


def test_a_click_beside_the_names_of_a_row_does_the_same(visit, curated):
    tab = visit(curated, "#lang=en&view=questions&question=activities")
    tab.locator(".question[open] tbody td:not(:has(a, button))").first.click()
    expect(tab.locator("#view-network")).to_be_visible()
    assert "marked=" in tab.url


def test_all_the_things_of_a_long_answer_are_shown_not_only_those_listed(visit, curated):
    tab = visit(curated, "#lang=en&view=questions&question=names")
    box = tab.locator(".question[open]")
    expect(box.locator("p", has_text="Rows shown: 60 of")).to_be_visible()
    listed = {link.get_attribute("href") for link in box.locator("tbody a").all()}
    box.get_by_role("button", name="Show the answers in the network").click()
    shown = tab.url.partition("marked=")[2].partition("&")[0].split(",")
    assert len(shown) > 100 > len(listed)  # every entity of the dataset has a name


def test_a_question_about_one_says_how_to_ask_it_of_one(visit, curated):
    tab = visit(curated, "#lang=en&view=questions&question=activities")
    command = tab.locator(".question[open] p code").inner_text()
    assert command.startswith("azetta question activities --person ")
    done = CliRunner().invoke(cli.main, shlex.split(command)[1:])
    assert done.exit_code == 0, done.output
    assert done.output.strip()
