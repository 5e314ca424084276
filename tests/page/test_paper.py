"""On A4 paper, as the browser prints it: the whole width is used, nothing is cut, and what is asked for is there."""

from __future__ import annotations

import re
from collections import Counter

import pypdfium2
import pytest
from pypdfium2 import raw

MM = 72 / 25.4
PAPER = (210 * MM, 297 * MM)
MARGIN = 13 * MM


def words_of(text):
    return re.findall(r"[^\W_]+", text.casefold())


def once(word):
    """Read a word without its halo, which is its letters once more."""
    return word[::2] if word[::2] == word[1::2] else word


class Printed:
    """A page as it comes out of the printer."""

    def __init__(self, tab, file):
        tab.pdf(path=file, prefer_css_page_size=True, print_background=True)
        self.pages = list(pypdfium2.PdfDocument(file))
        self.texts = [page.get_textpage() for page in self.pages]
        self.words = [{once(word) for word in words_of(text.get_text_range())} for text in self.texts]

    def says(self, sentence, page=None):
        """Whether each word is there; Arabic letters come out of a PDF in either order."""
        there = set().union(*(self.words if page is None else [self.words[page]]))
        return all(word in there or word[::-1] in there for word in words_of(sentence))

    def ink(self):
        """The box of all letters above the page number, over all pages: left, right, bottom."""
        boxes = [text.get_charbox(at) for text in self.texts for at in range(text.count_chars())]
        boxes = [box for box in boxes if box[2] > box[0] and box[3] > 16 * MM]
        return min(box[0] for box in boxes), max(box[2] for box in boxes), min(box[1] for box in boxes)

    def smallest(self):
        """The points of the smallest letters of a size that many have, over all pages."""
        sizes = Counter()
        for text in self.texts:
            for at in range(text.count_chars()):
                turned = raw.FS_MATRIX()
                raw.FPDFText_GetMatrix(text.raw, at, turned)
                scale = (turned.b**2 + turned.d**2) ** 0.5
                sizes[round(raw.FPDFText_GetFontSize(text.raw, at) * scale, 1)] += bool(
                    text.get_text_range(at, 1).strip()
                )
        return min(size for size, count in sizes.items() if count >= 10 and size > 1)  # 1: what stands for a space


@pytest.fixture
def printed(visit, curated, tmp_path):
    def make(hash_, *before) -> Printed:
        tab = visit(curated, hash_, color_scheme="dark")
        for act in before:
            act(tab)
        made = Printed(tab, tmp_path / "printed.pdf")
        for page in made.pages:
            assert page.get_size() == pytest.approx(PAPER, abs=1)
        left, right, bottom = made.ink()
        assert MARGIN <= left <= 27 * MM
        assert 184 * MM <= right <= PAPER[0] - MARGIN
        assert bottom >= MARGIN
        return made

    return make


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ar", ["تكنوبارك أكادير", "مصرح به", "المنظومة الرقمية لجهة سوس ماسة", "الحروف من"]),
        ("fr", ["Technopark Agadir", "affirmé", "L’écosystème numérique de Souss-Massa", "Caractères"]),
    ],
)
def test_a_record_is_printed_with_its_picture_and_its_evidence(printed, lang, said):
    paper = printed(f"#lang={lang}&select=technopark-agadir")
    assert 2 <= len(paper.pages) <= 6
    for words in said:
        assert paper.says(words), words
    assert paper.says("Technopark Agadir", page=0)  # the picture leaves room for the record on its page
    assert paper.says("https://albarg.org/2024/04/23", page=len(paper.pages) - 1)  # nobody follows a link on paper


def test_the_answers_of_a_question_are_printed_whole_and_no_other_question(printed):
    paper = printed("#lang=fr&view=questions&question=roles")
    assert len(paper.pages) <= 2
    for words in (
        "Qui exerce quelle fonction",
        "Karim Achengli",
        "Article de presse",
        "Caractères 247–275",
        "albarg.org",
    ):
        assert paper.says(words), words
    assert not paper.says("Lacunes")


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_a_table_is_printed_whole_with_its_head_on_each_page(printed, souss, lang):
    paper = printed(f"#lang={lang}&view=table")
    assert len(paper.pages) <= 7
    names = [souss.facts.entities[node].labels.get(lang, "") for node in souss.network]
    assert [name for name in names if not paper.says(name)] == []
    head = {"ar": "الاسم", "fr": "Nom Type Lieu"}[lang]
    assert all(paper.says(head, page) for page in range(len(paper.pages) - 1))  # the last may hold the sources alone


def test_the_network_fills_one_page_with_its_key(printed):
    paper = printed("#lang=fr")
    assert len(paper.pages) == 1
    for words in ("conseil", "pôle de compétitivité", "Sources", "Licence", "Karim Achengli"):
        assert paper.says(words), words


@pytest.mark.parametrize("view", ["network", "map"])
@pytest.mark.parametrize("window", [{"width": 2560, "height": 1440}, {"width": 640, "height": 720}])
def test_a_picture_uses_the_width_of_the_paper_and_its_names_can_be_read_whatever_the_window(printed, view, window):
    paper = printed(f"#lang=ar&view={view}", lambda tab: tab.set_viewport_size(window))
    assert len(paper.pages) == 1
    assert paper.smallest() >= 6
    paths = [each.get_bounds() for each in paper.pages[0].get_objects() if each.type == raw.FPDF_PAGEOBJ_PATH]
    grounds = [top - bottom for left, bottom, right, top in paths if right - left == pytest.approx(180 * MM, abs=MM)]
    assert max(grounds, default=0) >= 120 * MM


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_a_tour_is_printed_as_figures_with_their_sentences(printed, souss, lang):
    def print_tour(tab):
        tab.evaluate("window.print = () => {}")  # the dialogue
        tab.locator("#tour-print").click()

    paper = printed(f"#lang={lang}&tour=who-leads", print_tour)
    assert len(paper.pages) <= 3
    [tour] = [tour for tour in souss.facts.tours if tour.id == "who-leads"]
    for step in tour.steps:
        assert paper.says(step.texts[lang])
    assert paper.says({"ar": "جامعة ابن زهر", "fr": "Université Ibn Zohr"}[lang])  # the second figure is of the council
