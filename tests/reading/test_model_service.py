"""A model's service that is slow, busy, wrong or silent: a clear message, and what was found stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.reading import chat
from reading.replay import Reply, said
from reading.visit import ARTICLE, LAUNCHED, NEW, models

pytestmark = pytest.mark.servers


EMPTY = said({"new": [], "claims": []})
FAULTS = {
    "no key": (Reply(b'{"error": "bad key sk-very-secret"}', 401), "answered 401", "set AZETTA_MODEL_KEY"),
    "no model": (Reply(b'{"error": "model not found"}', 404), "answered 404", "model not found"),
    "no schema": (Reply(b"response_format is unknown", 400), "answered 400", "response_format is unknown"),
    "elsewhere": (Reply(b"", 307, {"Location": "http://127.0.0.1:9/"}), "answered 307", ""),
    "broken": (Reply(b"<h1>oops</h1>", 500), "answered 500: <h1>oops</h1>", "asked 3 times"),
    "busy": (Reply(b"slow down", 429, {"Retry-After": "0"}), "answered 429: slow down", "asked 3 times"),
    "long busy": (Reply(b"", 429, {"Retry-After": "3600"}), "answered 429", "wait for 3,600 seconds"),
    "a page": (Reply(b"<html>"), "no chat completion", "OpenAI-compatible"),
    "no choice": (Reply(b'{"choices": []}'), "no chat completion", ""),
    "cut off": (said('{"new": [], "cla', "length"), "cut off at its longest", ""),
    "truncated": (said('{"new": [], "cla'), "did not answer with JSON", ""),
    "prose": (said("Voici les faits."), "did not answer with JSON", ""),
    "nested": (said("[" * 200_000), "did not answer with JSON", ""),
    "other JSON": (said([LAUNCHED]), "did not answer with what is new and with claims", ""),
    "refusal": (said(None), "the model refuses to answer", ""),
    "broken off": (Reply(EMPTY.body, length=90_000), "broke off", ""),
    "huge": (Reply(b" " * 2_000_001), "more than 2,000,000 bytes", ""),
}


@pytest.mark.parametrize(("reply", "message", "more"), FAULTS.values(), ids=FAULTS)
def test_service_that_gives_no_answer_is_told_and_nothing_written(read, service, reply, message, more):
    service.replies = [reply]
    result = read()
    assert result.exit_code == 1, result.output
    assert message in result.stderr
    assert more in result.stderr
    assert "sk-very-secret" not in result.output
    assert len(result.stderr.splitlines()) == 1
    assert not Path("visit.review.csv").exists()


@pytest.mark.parametrize(("name", "pieces"), [("_SILENCE", 1), ("_DEADLINE", 20)], ids=["silent", "dripping"])
def test_service_that_takes_too_long_is_left(read, service, monkeypatch, name, pieces):
    monkeypatch.setattr(chat, name, 0.3)
    service.replies = [Reply(EMPTY.body, pause=1.5 if pieces == 1 else 0.1, pieces=pieces)]
    result = read()
    assert (result.exit_code, "gave no whole answer in time" in result.stderr) == (1, True), result.output


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("7", 7), ("Mon, 02 Jan 2006 15:04:05 GMT", 0), ("", 2), ("soon", 2), ("9" * 400, 999_999_999)],
)
def test_wait_that_a_service_asks_for_is_read_in_each_form(told, seconds):
    assert chat._wait(told, 1) == seconds


def test_busy_service_is_asked_again(read, service):
    service.replies = [Reply(b"", 429, {"Retry-After": "0"}), Reply(b"", 503), said({"new": [], "claims": [LAUNCHED]})]
    result = read()
    assert (result.exit_code, result.stderr, len(service.asked)) == (0, "", 3)
    assert len(models()) == 1


def test_nobody_there_is_told(read, service):
    result = read("--model", "http://127.0.0.1:9/v1")
    assert result.exit_code == 2  # given twice
    arguments = ["read", "visit=article.txt", *NEW, "--data", "data", "--model-name", "m", "--model"]
    result = CliRunner().invoke(main, [*arguments, "http://127.0.0.1:9/v1"])
    assert (result.exit_code, result.stderr.startswith("cannot reach http://127.0.0.1:9/v1/chat/completions")) == (
        1,
        True,
    )
    result = CliRunner().invoke(main, [*arguments, "localhost/v1"])
    assert (result.exit_code, "is not the address of a model's service" in result.stderr) == (1, True)
    result = CliRunner().invoke(main, [*arguments[:-1]])
    assert (result.exit_code, "--model and --model-name go together" in result.stderr) == (2, True)


def long_article() -> list[Reply]:
    """An article of three parts; a reply to the first."""
    filler = "Le temps est beau et la vallée est verte dans la ville de Marsa. " * 50
    Path("article.txt").write_text(f"{ARTICLE}\n{filler}\n{filler}\n{filler}", encoding="utf-8", newline="")
    return [said({"new": [], "claims": [LAUNCHED]})]


def test_part_without_an_answer_leaves_the_others(read, service):
    service.replies = [*long_article(), said("no JSON"), EMPTY]
    result = read()
    assert result.exit_code == 0, result.output
    assert result.stderr.startswith("article.txt: warning: the model read nothing of the characters 3,")
    assert "did not answer with JSON" in result.stderr
    assert (len(service.asked), len(models())) == (3, 1)


def test_service_that_stays_silent_is_not_asked_for_ever(read, service):
    long_article()
    text = Path("article.txt").read_text(encoding="utf-8")
    Path("article.txt").write_text(text * 5, encoding="utf-8", newline="")
    service.replies = [*long_article(), said("no JSON")]
    Path("article.txt").write_text(text * 5, encoding="utf-8", newline="")
    result = read()
    assert (result.exit_code, len(service.asked)) == (0, 3), result.output
    assert len(result.stderr.splitlines()) == 2


def test_service_that_fails_is_told_in_the_language_of_the_curator(read, service):
    """And what it writes can neither command the terminal nor keep the message from being translated."""
    service.replies = [Reply(b"\x1b[31mslow down", 429, {"Retry-After": "0"})]
    assert read("--lang", "fr").stderr == (
        f"{service.url}/chat/completions a répondu 429 : \ufffd[31mslow down ; demandes faites : 3\n"
    )


def test_answer_without_measure_is_cut(read, service):
    service.replies = [said({"new": [], "claims": [LAUNCHED] + [{**LAUNCHED, "words": "x"}] * 5_000})]
    result = read()
    assert "over the 200 that a part of a text may have" in result.stderr
    assert len(models()) == 1
