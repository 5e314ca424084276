"""Search finds a name however it is written."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path

from playwright.sync_api import expect

from graph.facts import spelling
from graph.page import html

CASES = tomllib.loads((Path(__file__).parents[1] / "spellings.toml").read_text(encoding="utf-8"))
SEARCHED, HEARD = CASES.pop("searched"), CASES.pop("heard")
SCRIPTS = {  # whose every letter, mark and sign is folded
    "Latin": range(0x20, 0x250),
    "Latin, additional": range(0x1E00, 0x1F00),
    "Greek and Cyrillic": range(0x370, 0x530),
    "Arabic": range(0x600, 0x780),
    "punctuation": range(0x2000, 0x2070),
    "letterlike": range(0x2100, 0x2190),
    "Tifinagh": range(0x2D30, 0x2D80),
    "Arabic, as it is printed": range(0xFB50, 0xFF00),
}

SPELLINGS = {
    "Barmij": "Barmij",
    "برمج": "Barmij",
    "بَرْمِج": "Barmij",  # short vowels
    "البرنامج": "Barmij",  # another spelling
    "cafe numerique": "Café Numérique",  # accents
    "مؤسسه المناره": "Manara Foundation",  # ta marbuta as ha
    "موسسة": "Manara Foundation",  # hamza on waw
    "المرسي": "Al Marsa",  # alif maqsura as ya
    "la marsa": "Al Marsa",
    "ⴰⵙⵉⴼ": "Emerald Valley",  # Tifinagh
    "noura-haddad": "Noura Haddad",  # its id
}
CURATED = {
    "مدرسة ١٣٣٧": "1337",  # Arabic-Indic digits
    "ديفوكس": "Devoxx Morocco",  # written with a Moroccan letter
    "اگادير": "Agadir",
    "أكادير": "Agadir",
    "achengli": "Karim Achengli",
    "ashengli": "Karim Achengli",  # as another transcribes it
    "أشنكلي": "Karim Achengli",
    "karim achengil": "Karim Achengli",  # two letters changed places
    "agadri": "Agadir",
    "tarudant": "Taroudannt",
}


#: What is typed, and whether it is the beginning of a word with at most one slip in it.
SLIPS = {
    ("agdir", "agadir"): True,
    ("agaddir", "agadir"): True,
    ("agidir", "agadir"): True,
    ("aagdir", "agadir"): True,
    ("agadyr", "agadirs"): True,
    ("agd", "agadir"): False,  # too short to tell a slip from another word
    ("igidir", "agadir"): False,
    ("اكدير", "اكادير"): True,
}


def folded(tab, texts, form="fold"):
    """Fold some texts in the page, with its script and the table that it carries; or give their `searched` form."""
    files = [Path(html.__file__).parent / "js" / f"{name}.js" for name in ("fold", "heard")]
    script = "".join(file.read_text(encoding="utf-8") for file in files)
    script = re.sub(r"^import .*|export ", "", script, flags=re.MULTILINE)
    read = 'const data = JSON.parse(document.getElementById("data").textContent);'
    return tab.evaluate(f"texts => {{ {read}\n{script}\nreturn texts.map({form}); }}", texts)


def test_it_folds_spellings_as_the_command_line_does(visit, valley):
    tab = visit(valley)
    assert dict(zip(CASES, folded(tab, list(CASES)), strict=True)) == CASES


def test_it_looks_names_up_in_the_form_that_questions_do(visit, valley):
    tab = visit(valley)
    assert dict(zip(SEARCHED, folded(tab, list(SEARCHED), "searched"), strict=True)) == SEARCHED


def test_it_hears_names_and_forgives_slips_as_it_should(visit, valley):
    tab = visit(valley)
    assert dict(zip(HEARD, folded(tab, list(HEARD), "sounds"), strict=True)) == HEARD
    pairs = [list(pair) for pair in SLIPS]
    assert folded(tab, pairs, "pair => slipped(...pair)") == list(SLIPS.values())


def test_it_folds_each_letter_as_the_command_line_does(visit, valley):
    tab = visit(valley)
    letters = [chr(code) for codes in SCRIPTS.values() for code in codes if unicodedata.category(chr(code)) != "Cn"]
    letters += [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Nd"]
    made = dict(zip(letters, folded(tab, letters), strict=True))
    wanted = {letter: spelling.fold(letter).text for letter in letters}
    assert {hex(ord(each)): (made[each], wanted[each]) for each in letters if made[each] != wanted[each]} == {}


def first_found(tab, typed):
    tab.locator("#search").fill(typed)
    return tab.locator("#results [role=option] .grow > bdi").first.inner_text()


def test_finds_a_name_in_any_language_and_spelling(visit, valley):
    tab = visit(valley, "#lang=en")
    assert {typed: first_found(tab, typed) for typed in SPELLINGS} == SPELLINGS


def test_finds_the_curated_names(visit, curated):
    tab = visit(curated, "#lang=en")
    assert {typed: first_found(tab, typed) for typed in CURATED} == CURATED


def test_a_question_finds_what_its_words_name(visit, curated):
    tab = visit(curated, "#lang=en")
    tab.locator("#search").fill("who runs the Orange centre?")
    found = tab.locator("#results [role=option] .grow > bdi:first-child").all_inner_texts()
    assert "Orange Digital Center Agadir" in found[:5]
    assert first_found(tab, "أي قطب يخدم الصيد البحري") == "Sea fisheries"
    tab.locator("#search").fill("zzzz qqqq")
    expect(tab.locator("#results [role=option]")).to_have_text(re.compile("zzzz qqqq"))  # nothing, and it says so


def test_a_name_is_shown_once_however_many_spellings_fold_to_it(visit, valley):
    """The programme is called برمج, and بَرْمِج in the bulletin."""
    tab = visit(valley, "#lang=ar")
    assert first_found(tab, "بَرْمِج") == "برمج"
    expect(tab.locator("#results [role=option]").first).to_have_text("برمجبرنامج")


def test_says_so_when_nothing_is_found(visit, valley):
    tab = visit(valley, "#lang=en")
    tab.locator("#search").fill("elioupol")
    expect(tab.locator("#results")).to_have_text("Nothing found for “elioupol”")
    expect(tab.locator("#live")).to_have_text("Nothing found for “elioupol”")


def test_arrows_and_enter_choose(visit, valley):
    tab = visit(valley, "#lang=fr")
    tab.locator("#search").fill("emeraude")
    options = tab.locator("#results [role=option]")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    tab.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    assert tab.locator("#search").get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    chosen = options.nth(1).locator(".grow > bdi").inner_text()
    tab.keyboard.press("Enter")
    expect(tab.locator("#record h2")).to_have_text(chosen)


def test_escape_closes_the_list_before_it_leaves_the_record(visit, valley):
    tab = visit(valley, "#lang=en&select=barmij")
    tab.locator("#search").fill("manara")
    tab.keyboard.press("Escape")
    expect(tab.locator("#results")).to_be_hidden()
    expect(tab.locator("#record h2")).to_have_text("Barmij")


def test_an_identifier_is_found_but_never_shown_as_a_spelling(visit, valley):
    tab = visit(valley, "#lang=en")
    tab.locator("#search").fill("emerald valley auth")
    option = tab.locator("#results [role=option]").first
    expect(option.locator(".grow > bdi")).to_have_text("Emerald Valley Region")
    expect(option.locator(".grow small")).to_have_count(0)


def test_finds_everything_in_groups_that_lead_where_they_say(visit, curated, violations):
    tab = visit(curated, "#lang=en")
    options = tab.locator("#results [role=option]")

    def found(typed):
        """What is found, by the heading of its group without the number of all that was."""
        tab.locator("#search").fill(typed)
        groups = tab.get_by_role("listbox").get_by_role("group").all()
        heads = [re.fullmatch(r"(.+) \(\d+\)", group.locator(".group").inner_text())[1] for group in groups]
        return dict(zip(heads, [group.locator(".grow > bdi").all_inner_texts() for group in groups], strict=True))

    centres = "Which centres are there, of what kind, where, and at what stage?"
    assert found("which centres are there")["Questions"] == [centres]
    options.first.click()
    assert "question=centres" in tab.url
    expect(tab.locator(".question[open] > summary")).to_be_focused()
    groups = found("incubator")
    assert "Entities" in groups
    assert groups["Kind"] == ["Incubator"]
    assert violations(tab) == []
    assert tab.locator("#results").get_by_role("option", selected=True).get_attribute("id") == tab.locator(
        "#search"
    ).get_attribute("aria-activedescendant")
    found("carries out")
    tab.locator("#results").get_by_role("group", name="Relation").get_by_role("option").first.click()
    assert "marked=" in tab.url
    assert found("where can I train")["Guided tours"] == ["Young in Taroudannt: where can I train?"]
    tab.get_by_role("option", name="Young in Taroudannt").click()
    expect(tab.locator("#tour")).to_be_visible()
