"""What a command did or refuses is told in the curator's language, whole line by whole line."""

from __future__ import annotations

import pytest


def said(result) -> list[str]:
    return [line.replace("\u2068", "").replace("\u2069", "") for line in result.output.splitlines()]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "data/claims.csv:19: the object of presidentOf must be of the class Organization; al-marsa is not"),
        (
            "fr",
            "data/claims.csv:19: l’objet de presidentOf doit être de la classe Organization ; al-marsa ne l’est pas",
        ),
        (
            "ar",
            "data/claims.csv:19: يجب أن يكون الطرف الثاني للخاصية presidentOf من النوع Organization، وليس al-marsa منه",
        ),
    ],
)
def test_shape_that_is_broken(run, edit, language, line):
    edit("data/claims.csv", "noura-haddad,presidentOf,emerald-valley-council", "noura-haddad,presidentOf,al-marsa")
    result = run("check", "--lang", language)
    assert (result.exit_code, said(result)) == (1, [line])


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            "data/claims.csv:14: a latitude is a number from -90 to 90, such as 30.42: mend column object (found 99)",
        ),
        (
            "fr",
            "data/claims.csv:14: une latitude est un nombre de -90 à 90, par exemple 30.42 : corrigez la colonne "
            "object (trouvé : 99)",
        ),
        ("ar", "data/claims.csv:14: خط العرض رقم من -90 إلى 90، مثل 30.42: صحّح العمود object (وُجد: 99)"),
    ],
)
def test_value_that_was_found(run, edit, language, line):
    edit("data/claims.csv", "al-marsa,wgs:lat,30.50", "al-marsa,wgs:lat,99")
    assert said(run("check", "--lang", language)) == [line]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", 'no entity is called "nobody"'),
        ("fr", "aucune entité ne s’appelle « nobody »"),
        ("ar", "لا عنصر باسم «nobody»"),
    ],
)
def test_addition_that_is_refused(run, language, line):
    result = run("add", "mention", "nobody", "--all", "--text", "bulletin=texts/bulletin.txt", "--lang", language)
    assert (result.exit_code, said(result)) == (1, [line])


@pytest.mark.parametrize(
    ("language", "formed", "again", "undone", "same"),
    [
        (
            "en",
            "data/claims.csv: saved in its form",
            "every table has its form already",
            ["taken back: format", "  data/claims.csv: its lines in the order that they had"],
            "the tables hold the same already",
        ),
        (
            "fr",
            "data/claims.csv : mis en forme et enregistré",
            "tous les tableaux sont déjà en bonne forme",
            ["annulé : format", "  data/claims.csv : les lignes reprennent leur ordre"],
            "les tableaux contiennent déjà la même chose",
        ),
        (
            "ar",
            "data/claims.csv: حُفظ على الشكل المطلوب",
            "كل الجداول على الشكل المطلوب",
            ["تم التراجع عن: format", "  data/claims.csv: عادت الأسطر إلى ترتيبها"],
            "في الجداول الشيء نفسه من قبل",
        ),
    ],
)
def test_format_sheet_and_undo(run, language, formed, again, undone, same):
    spoken = ("--lang", language)
    assert said(run("format", *spoken))[-1] == formed
    assert said(run("format", *spoken)) == [again]
    run("sheet")
    assert said(run("sheet", "--in", "emerald-valley.xlsx", *spoken)) == [same]
    lines = said(run("undo", *spoken))
    assert [lines[0], lines[-1]] == undone


def test_own_shape_is_told_in_the_language_that_it_has(run, region):
    (region / "data" / "shapes.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix az: <https://w3id.org/azetta/ontology#> .\n"
        "az:OwnShape a sh:NodeShape ; sh:targetClass az:Event ; sh:property [ sh:path az:budget ; sh:minCount 1 ;\n"
        '  sh:message "an event has a budget"@en , "un événement a un budget"@fr ] .\n',
        encoding="utf-8",
    )
    assert said(run("check", "--lang", "fr")) == ["data/entities.csv:12: un événement a un budget"]
    assert said(run("check", "--lang", "ar")) == ["data/entities.csv:12: an event has a budget"]


@pytest.mark.parametrize(
    ("locale", "arguments", "line"),
    [
        ("ar_MA.UTF-8", ["query", "nothing.rq"], "لا يوجد الملف nothing.rq"),
        ("fr_FR.UTF-8", ["query", "nothing.rq"], "le fichier nothing.rq n’existe pas"),
        ("ar_MA.UTF-8", ["query", "--source", "nobody", "ASK {}"], "لا مصدر باسم «nobody»؛ الموجود:"),
        (
            "fr_FR.UTF-8",
            ["question", "in-city", "--city", "noura-haddad"],
            "« city » : « noura-haddad » n’est pas de la classe az:City dans ce jeu de données : sa classe est "
            "az:Person",
        ),
        ("ar_MA.UTF-8", ["export", "map.zzz"], "لا صيغة معروفة للاسم 'map.zzz': ينتهي الاسم بإحدى هذه: ttl,"),
    ],
)
def test_a_mistake_is_told_in_the_language_of_the_locale(run, monkeypatch, locale, arguments, line):
    monkeypatch.setenv("LC_ALL", locale)
    result = run(*arguments)
    assert result.exit_code == 1
    assert said(result)[-1].startswith(line)
