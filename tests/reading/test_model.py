"""A model may propose, and what it proposes stands in the text: of what else it says, nothing gets into the review."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.cli import main
from reading.replay import said
from reading.visit import ARTICLE, CIRCLE, HIDDEN, LAUNCHED, SETTLES, claim, lines, models

pytestmark = pytest.mark.servers


def test_what_a_model_quotes_is_proposed_where_it_stands(read, service):
    service.replies = [said({"new": [CIRCLE], "claims": [SETTLES]})]
    result = read()
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    entity, mention, settles = models()
    assert (entity["kind"], entity["class"], entity["label_fr"]) == ("entity", "Organization", "Cercle des Palmes")
    assert (mention["kind"], mention["id"], mention["words"]) == ("mention", entity["id"], "Cercle des Palmes")
    assert claim(settles) == (entity["id"], "locatedIn", "al-marsa", "planned")
    assert settles["words"] == "qui s'installera à El Marsa"  # as the text has it, not as the model does
    start, end = map(int, settles["subject_at"].split("-"))
    assert (ARTICLE[start:end], settles["object_at"]) == ("Cercle des Palmes", "")
    for each in models():
        assert ARTICLE[int(each["start"]) : int(each["end"])] == each["words"]
        assert (each["proposer"], each["cue"], each["decision"]) == ("m-1 (prompt 1)", "model", "")


def test_thing_that_is_known_is_not_new_whatever_the_model_says(read, service):
    new = [
        {"id": "n1", "class": "Organization", "words": "fondation manara"},
        {**CIRCLE, "id": "n2", "words": "Haddad"},
    ]
    supports = {"subject": "n1", "property": "supports", "object": "barmij", "status": "stated"}
    words = "programme « Barmij » en partenariat avec la Fondation Manara"
    service.replies = [said({"new": new, "claims": [{**supports, "words": words}]})]
    result = read()
    assert result.stderr == (
        "article.txt: warning: refused of what the model proposes: 1 naming what stands within another name\n"
    )
    assert [claim(each) for each in models()] == [("manara-foundation", "supports", "barmij", "stated")]


def test_what_cues_and_model_both_propose_is_one_line(read, service):
    service.replies = [said({"new": [], "claims": []})]
    read()
    [alone] = [each for each in lines() if claim(each)[:3] == ("barmij", "inPartnershipWith", "manara-foundation")]
    words = "programme « Barmij » en partenariat avec la Fondation Manara"
    same = {"subject": "barmij", "property": "inPartnershipWith", "object": "manara-foundation", "status": "stated"}
    service.replies = [said({"new": [], "claims": [{**same, "words": words}] * 2})]
    assert read().exit_code == 0
    [both] = [each for each in lines() if claim(each)[:3] == ("barmij", "inPartnershipWith", "manara-foundation")]
    assert both["proposer"] == f"{alone['proposer']} + m-1 (prompt 1)"
    assert float(both["confidence"]) > float(alone["confidence"])
    assert {**both, "proposer": "", "confidence": ""} == {**alone, "proposer": "", "confidence": ""}


def test_a_model_is_told_of_the_text_as_data_and_of_what_is_known(read, service):
    service.replies = [said({"new": [], "claims": []})]
    read()
    [(head, body)] = service.asked
    assert (head["path"], head["Authorization"]) == ("/v1/chat/completions", "Bearer sk-very-secret")
    assert (body["model"], body["temperature"], body["seed"]) == ("m-1", 0, 0)
    schema = body["response_format"]["json_schema"]["schema"]
    assert "launches" in schema["properties"]["claims"]["items"]["properties"]["property"]["enum"]
    system, user = (each["content"] for each in body["messages"])
    told = json.loads(user["content"] if isinstance(user, dict) else user)
    assert "Elle a salué" in told["text"]
    assert "Elle a salué" not in system
    assert "presidentOf (Person → Organization)" in system
    assert ("\npartOf (" in system, "\nhasPart (" in system) == (True, False)  # which says the same backwards
    assert {"id": "barmij", "class": "Programme", "names": ["Barmij"]} in told["things"]


def test_accepted_proposal_of_a_model_says_so_and_is_checked_as_any(read, service):
    service.replies = [said({"new": [CIRCLE], "claims": [LAUNCHED, SETTLES]})]
    read()
    rows = lines()
    for each in rows:
        each |= {"label_ar": "دائرة النخيل", "label_en": "Palm Circle"} if each["kind"] == "entity" else {}
        each["decision"] = "accept" if each["kind"] == "source" or "m-1" in each["proposer"] else ""
        each |= {"title_ar": "زيارة", "title_en": "A visit"} if each["kind"] == "source" else {}
    with Path("decided.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    accept = ["accept", "decided.csv", "--text", "visit=article.txt", "--by", "Nadia", "--on", "2031-07-03"]
    result = CliRunner().invoke(main, [*accept, "--data", "data"])
    assert result.exit_code == 0, result.output
    assert "m-1 (prompt 1),visit,cue model,Nadia,2031-07-03" in Path("data/decisions.csv").read_text(encoding="utf-8")


REFUSED = {
    "paraphrased": ({"words": "Noura Haddad lança Barmij"}, "quoting words that do not stand in the text"),
    "joined with dots": ({"words": "Noura Haddad … a lancé le programme"}, "quoting words that do not stand"),
    "of nothing": ({"words": " … "}, "quoting words that do not stand in the text"),
    "unknown thing": ({"subject": "somebody"}, "that is not known"),
    "unknown property": ({"property": "owns"}, "that is not known"),
    "unknown status": ({"status": "certain"}, "that is not known"),
    "misfit": ({"object": "al-marsa"}, "relating what the property does not"),
    "unnamed": ({"property": "supports", "object": "cafe-incubator"}, "about what the text does not name"),
    "number": ({"property": "beneficiaryCount", "subject": "barmij", "object": "300"}, "about what the text does not"),
    "no number": ({"property": "beneficiaryCount", "subject": "barmij", "object": "many"}, "that is not known"),
    "no text": ({"words": ["a", "list"]}, "in another form than was asked for"),
    "surrogate": ({"words": "\ud800"}, "quoting words that do not stand in the text"),
}


@pytest.mark.parametrize(("change", "reason"), REFUSED.values(), ids=REFUSED)
def test_ungrounded_proposal_is_refused_counted_and_said(read, service, change, reason):
    content = json.dumps({"new": [], "claims": [{**LAUNCHED, **change}, LAUNCHED]})
    service.replies = [said(content)]
    result = read()
    assert result.exit_code == 0, result.output
    assert result.stderr.startswith("article.txt: warning: refused of what the model proposes: 1 ")
    assert reason in result.stderr
    assert [claim(each) for each in models()] == [("noura-haddad", "launches", "barmij", "stated")]


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("fr", "à vérifier : propositions du modèle refusées (1) : elles citent des mots qui ne figurent pas dans le"),
        ("ar", "اقتراحات النموذج المرفوضة (\u20681\u2069): \u2068تقتبس كلمات لا ترد في النص"),
        ("es", "propuestas del modelo rechazadas (1): citan palabras que no están en el texto"),
    ],
)
def test_refusal_is_told_in_the_language_of_the_curator(read, service, tag, told):
    service.replies = [said({"new": [], "claims": [{**LAUNCHED, "words": "ce qu'il ne dit pas"}]})]
    assert told in read("--lang", tag).stderr


def test_orders_in_the_article_are_words_of_it(read, service):
    """Even a model that follows them gives but a proposal: undecided, with its words, of what the ontology has."""
    obeyed = {"subject": "noura-haddad", "property": "presidentOf", "object": "manara-foundation", "status": "stated"}
    obeyed |= {"words": HIDDEN.partition(": ")[2], "decision": "accept", "kind": "source", "confidence": "1"}
    before = {path.name: path.read_bytes() for path in Path("data").iterdir()}
    service.replies = [said({"new": [], "claims": [obeyed], "accept": True, "url": "http://evil.example/"})]
    assert read().exit_code == 0
    [line] = [each for each in models() if each["kind"] == "claim"]
    assert (line["decision"], line["kind"], line["words"].rstrip(".")) == ("", "claim", obeyed["words"].rstrip("."))
    assert float(line["confidence"]) < 1
    assert {path.name: path.read_bytes() for path in Path("data").iterdir()} == before
    assert {each["decision"] for each in lines()} == {""}


def test_quotation_in_arabic_is_found_in_whatever_spelling(region, service):
    """Without vowel signs and hamza, with ه for ة: the passage is that of the text."""
    words = "اطلقت جهه وادي الزمرد برنامج «برمج» لتعليم البرمجه"
    launch = {"subject": "emerald-valley-authority", "property": "launches", "object": "barmij", "status": "stated"}
    service.replies = [said({"new": [], "claims": [{**launch, "words": words}]})]
    call = ["read", "bulletin=texts/bulletin.txt", "--data", "data", "--model", service.url, "--model-name", "m-1"]
    result = CliRunner().invoke(main, call)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    [line] = [each for each in lines("bulletin.review.csv") if "m-1" in each["proposer"]]
    assert claim(line) == ("emerald-valley-authority", "launches", "barmij", "stated")
    assert line["against"]  # it stands in the tables
    told = json.loads(service.asked[0][1]["messages"][1]["content"])
    assert "بَرْمِج" in next(each for each in told["things"] if each["id"] == "barmij")["names"]
    assert "بَرْمِج" in line["words"]
