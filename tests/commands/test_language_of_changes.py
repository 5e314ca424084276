"""What changes the tables, reads a text or compares versions is told in the curator's language, whole line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading.reviews import COPY, NEW, WHO, decided, save

WHY = ("--reason", "one thing", "--on", "2031-07-01")


def said(text: str) -> list[str]:
    return [line.replace("\u2068", "").replace("\u2069", "") for line in text.splitlines()]


REFUSED = {
    ("merge", "barmij", "zz", *WHY): {
        "en": 'no entity is called "zz" (`rename` gives an entity another id)',
        "fr": "aucune entité ne s’appelle « zz » (pour donner un autre identifiant à une entité : la commande rename)",
        "es": "ninguna entidad se llama «zz» (para dar otro identificador a una entidad está la orden rename)",
        "ar": "لا عنصر باسم «zz» (لإعطاء عنصر معرّفا آخر استعمل الأمر rename)",
    },
    ("rename", "barmij", "coding", *WHY): {
        "fr": "« coding » existe déjà : pour réunir les deux, lancez la commande merge barmij coding",
        "es": "«coding» ya existe: para hacer de las dos una, ejecute merge barmij coding",
        "ar": "«coding» موجود من قبل: لجعل الاثنين واحدا استعمل الأمر merge barmij coding",
    },
    ("withdraw", "zz", *WHY): {
        "fr": "aucune entité ne s’appelle « zz »",
        "es": "ninguna entidad se llama «zz»",
        "ar": "لا عنصر باسم «zz»",
    },
    ("diff", "v1"): {
        "fr": "« v1 » n’est pas un dossier, et data n’est pas dans un dépôt git",
        "es": "«v1» no es una carpeta, y data no está en ningún repositorio git",
        "ar": "«v1» ليس مجلدا، وdata ليس في مستودع git",
    },
    ("read", "Visite=texts/bulletin.txt", "--language", "ar"): {
        "fr": "texts/bulletin.txt: « Visite » n’est pas un identifiant : écrivez-le avec les lettres a-z, les chiffres "
        "et « - »",
        "es": "texts/bulletin.txt: «Visite» no es un identificador: escríbalo con las letras a-z, cifras y «-»",
        "ar": "texts/bulletin.txt: «Visite» ليس معرّفا: اكتبه بالحروف a-z والأرقام والعلامة «-»",
    },
}


@pytest.mark.parametrize(
    ("arguments", "language", "line"),
    [(arguments, language, line) for arguments, lines in REFUSED.items() for language, line in lines.items()],
)
def test_refusal_is_told_in_the_language(run, arguments, language, line):
    result = run(*arguments, "--lang", language)
    assert (result.exit_code, result.stdout, said(result.stderr)) == (1, "", [line])


def test_the_locale_is_enough(run, monkeypatch):
    monkeypatch.setenv("LC_ALL", "es_ES.UTF-8")
    assert said(run("withdraw", "zz", *WHY).stderr) == ["ninguna entidad se llama «zz»"]


@pytest.mark.parametrize(
    ("language", "lines", "trace"),
    [
        (
            "fr",
            ["data/entities.csv : lignes écrites : 0, lignes retirées : 1"],
            "à vérifier : la colonne reason le nomme encore : « Robot Lab closed »",
        ),
        (
            "es",
            ["data/entities.csv: líneas escritas: 0, líneas retiradas: 1"],
            "por comprobar: la columna reason todavía lo nombra: «Robot Lab closed»",
        ),
        (
            "ar",
            ["data/entities.csv: أسطر كُتبت: 0، أسطر أُزيلت: 1"],
            "للتحقق: العمود reason ما زال يذكره: «Robot Lab closed»",
        ),
    ],
)
def test_what_was_taken_out_and_what_is_left_of_it(run, edit, language, lines, trace):
    line = "robot-lab,School,مختبر الروبوت,Labo Robot,Robot Lab,,,,,,\n"
    edit("data/entities.csv", "cafe-numerique,TrainingCentre", f"{line}cafe-numerique,TrainingCentre")
    decided = "kind,a,b,source,reason,by,on\nsame,Robot,barmij,,Robot Lab closed,Curator,2031-06-30\n"
    Path("data/decisions.csv").write_text(decided, encoding="utf-8")
    result = run("withdraw", "robot-lab", *WHY, "--lang", language)
    assert result.exit_code == 0, result.output
    assert said(result.stdout)[:1] == lines
    assert said(result.stderr)[0] == f"data/decisions.csv:2: {trace}"


@pytest.mark.parametrize(
    ("language", "counted", "fresh", "nothing"),
    [
        (
            "fr",
            "claim ; acceptées : 1, refusées : 0, à décider : 0",
            "nouveau",
            "rien de nouveau : les tableaux contiennent déjà ce qui est accepté, et decisions.csv ce qui est refusé",
        ),
        (
            "es",
            "claim; aceptadas: 1, rechazadas: 0, por decidir: 0",
            "nuevo",
            "nada nuevo: las tablas ya contienen lo aceptado, y decisions.csv lo rechazado",
        ),
        (
            "ar",
            "claim؛ مقبول: 1، مرفوض: 0، لم يُقرَّر فيه: 0",
            "جديد",
            "لا جديد: في الجداول ما قُبل من قبل، وفي decisions.csv ما رُفض",
        ),
    ],
)
def test_review_and_accept(run, language, counted, fresh, nothing):
    save(*NEW)
    lines = said(run("review", "review.csv", "--lang", language).stdout)
    assert lines[2] == counted
    assert lines[3] == f"2: accept  entity  digital-bulletin  [0.8 cue-1]  {fresh}"
    assert run("accept", "review.csv", *COPY, *WHO).exit_code == 0
    assert said(run("accept", "review.csv", *COPY, *WHO, "--lang", language).stdout) == [nothing]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "review.csv:2: colonne subject : elle ne sert pas à une ligne « entity » ; videz la cellule « x »"),
        ("es", "review.csv:2: columna subject: no sirve para una línea «entity»; vacíe la celda «x»"),
        ("ar", "review.csv:2: العمود subject: لا محل له في سطر «entity»؛ أفرغ الخلية «x»"),
    ],
)
def test_fault_of_a_review_file(run, language, line):
    save(decided(NEW[0], "", subject="x"))
    result = run("review", "review.csv", "--lang", language)
    assert (result.exit_code, said(result.stderr)) == (1, [line])


@pytest.mark.parametrize(
    ("language", "begin"),
    [
        ("en", "bulletin: 0 source, 0 entity, "),
        ("fr", "bulletin ; sources : 0, entités : 0, mentions : "),
        ("es", "bulletin; fuentes: 0, entidades: 0, menciones: "),
        ("ar", "bulletin؛ المصادر: 0، العناصر: 0، مواضع الذكر: "),
    ],
)
def test_what_reading_found(run, language, begin):
    [line] = said(run("read", "bulletin=texts/bulletin.txt", "--lang", language).stdout)
    assert line.startswith(begin)
    assert line.endswith("bulletin.review.csv")


@pytest.mark.long
@pytest.mark.parametrize(
    ("language", "counted", "files", "doubt"),
    [
        (
            "fr",
            "sources : 2, entités : 14, affirmations : 18, déductions : 14",
            "14 fichiers dans dist/ : ",
            "à vérifier : aucune affirmation ne parle de « robot-lab »",
        ),
        (
            "es",
            "fuentes: 2, entidades: 14, afirmaciones: 18, deducciones: 14",
            "14 archivos en dist/: ",
            "por comprobar: ninguna afirmación habla de «robot-lab»",
        ),
        (
            "ar",
            "المصادر: 2، العناصر: 14، الإفادات: 18، الاستنتاجات: 14",
            "الملفات في dist/ (14): ",
            "للتحقق: لا إفادة تتحدث عن «robot-lab»",
        ),
    ],
)
def test_what_was_built(run, edit, language, counted, files, doubt):
    line = "robot-lab,School,مختبر الروبوت,Labo Robot,Robot Lab,,,,,,\n"
    edit("data/entities.csv", "cafe-numerique,TrainingCentre", f"{line}cafe-numerique,TrainingCentre")
    result = run("build", "--out", "dist", "--lang", language)
    first, second = said(result.stdout)
    assert (first, second[: len(files)]) == (counted, files)
    [told] = said(result.stderr)
    assert told.removeprefix("data/entities.csv:9: ").startswith(doubt)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "this answer is of dist/ as it was last built: `check` says why"),
        (
            "fr",
            "cette réponse vient de dist/ tel qu’il a été construit la dernière fois : la commande check dit pourquoi",
        ),
        ("es", "esta respuesta es de dist/ tal como se construyó la última vez: la orden check dice por qué"),
        ("ar", "هذا الجواب من dist/ كما بُني آخر مرة: الأمر check يبيّن السبب"),
    ],
)
@pytest.mark.usefixtures("built")
def test_an_answer_that_is_older_than_broken_tables_says_so_last(run, edit, language, told):
    assert told not in said(run("question", "centres", "--lang", language).stderr)
    edit("data/claims.csv", "launches,barmij", "launches,barmidj")
    result = run("question", "centres", "--lang", language)
    assert (result.exit_code, said(result.stderr)[-1]) == (0, told)
    assert said(result.output)[-1] == told
