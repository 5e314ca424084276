"""The page's modules: what they import and export decides how they are joined, and unjoined they run as well."""

from __future__ import annotations

import re
import threading
import zlib
from base64 import b64decode
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect

from graph.page import html
from graph.page.linker import LinkError, joined

MODULES = Path(html.__file__).parent / "js"
PACKED = re.compile(r"<script type=\"text/plain\" class=\"packed\">.*</script>", re.DOTALL)
DATA = re.compile(r"<script type=\"text/plain\" class=\"packed\" data-is=\"(\w+)\">([^<]*)</script>")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Write modules into the working directory, and say what joining them shows in a browser."""
    monkeypatch.chdir(tmp_path)

    def write(**modules):
        for name, text in modules.items():
            Path(f"{name}.js").write_text(text, encoding="utf-8")
        return Path()

    return write


@pytest.fixture
def shown(browser):
    """Run a script and give what it left in `seen`."""
    context = browser.new_context(offline=True)
    tab = context.new_page()
    yield lambda script: tab.evaluate(f"() => {{ globalThis.seen = [];\n{script}\nreturn globalThis.seen; }}")
    context.close()


def test_each_runs_once_after_what_it_imports(folder, shown):
    modules = folder(
        main='import "./base.js";\nimport { b } from "./left.js";\nimport { c } from "./right.js";\n'
        'seen.push("main", b, c());\n',
        left='import { a } from "./base.js";\nseen.push("left");\nexport const b = a + 1;\n',
        right='import { a } from "./base.js";\nseen.push("right");\nexport function c() {\n  return a + 2;\n}\n',
        base='seen.push("base");\nexport const a = 1;\n',
    )
    assert shown(joined(modules, "main.js")) == ["base", "left", "right", "main", 2, 3]


def test_each_keeps_its_own_names(folder, shown):
    modules = folder(
        main='import { a as b } from "./base.js";\nconst a = "mine";\nconst base_js = a;\nseen.push(base_js, b);\n',
        base='const hidden = "hers";\nexport const a = hidden;\n',
    )
    assert shown(joined(modules, "main.js")) == ["mine", "hers"]


def test_every_form_of_export_and_an_import_of_several_lines(folder, shown):
    modules = folder(
        main='import {\n  a,\n  b,\n  C,\n  d,\n  e as $e,\n} from "./base.js";\n'
        "d().then((last) => seen.push(last));\nseen.push(a, b, new C().x, $e());\n",
        base="const all = { a: 1, b: 2 };\nexport const { a, b } = all;\nexport class C {\n  x = 3;\n}\n"
        "export async function d() {\n  return 4;\n}\nexport function e() {\n  return 5;\n}\n",
    )
    assert shown(joined(modules, "main.js")) == [1, 2, 3, 5]


def test_a_module_may_take_from_another_room(folder, shown):
    root = folder(
        words='import { base } from "./base.js";\nexport const a = base + 1;\n', base="export const base = 1;\n"
    )
    (root / "room").mkdir()
    script = 'import { base } from "../base.js";\nimport { a } from "../words.js";\nseen.push(base, a);\n'
    (root / "room" / "main.js").write_text(script, encoding="utf-8")
    assert shown(joined(root / "room", "main.js")) == [1, 2]


def test_what_looks_like_a_comment_or_an_export_is_left_alone(folder, shown):
    script = "seen.push('// no', `\n// comment\n  export x`, /\\/\\/ export/.source); // import\n"
    assert shown(joined(folder(main=script), "main.js")) == ["// no", "\n// comment\n  export x", r"\/\/ export"]


def test_a_cycle_is_refused_with_its_files(folder):
    modules = folder(
        main='import { a } from "./one.js";\n',
        one='import { b } from "./two.js";\nexport const a = 1;\n',
        two='import { a } from "./one.js";\nexport const b = 2;\n',
    )
    with pytest.raises(LinkError, match=r"^modules import each other: one\.js → two\.js → one\.js$"):
        joined(modules, "main.js")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('import {\n  a,\n  gone,\n} from "./base.js";\n', "main.js:3: base.js exports no gone"),
        ('\nimport { a } from "./bases.js";\n', "main.js:2: there is no bases.js"),
        ('import * as base from "./base.js";\n', "main.js:1: neither a named import nor an export of a"),
        ('import base from "./base.js";\n', "main.js:1: neither"),
        ("// x\nexport let a = 1;\n", "main.js:2: neither"),
        ("const a = 1;\nexport { a };\n", "main.js:2: neither"),
        ("export default 1;\n", "main.js:1: neither"),
    ],
)
def test_what_cannot_be_joined_is_refused_with_its_line(folder, text, message):
    modules = folder(main=text, base="const hidden = 1;\nexport const a = hidden;\n")
    with pytest.raises(LinkError, match=f"^{re.escape(message)}"):
        joined(modules, "main.js")


def inflated(packed):
    text = zlib.decompress(b64decode(packed[2])).decode()
    return f'<script type="application/json" id="{packed[1]}">{text}</script>'


def test_the_page_runs_from_its_modules_unjoined(browser, valley, tmp_path):
    loose = f'<script>{html.ascii_script(html.vis_network())}</script><script type="module" src="js/main.js"></script>'
    given = DATA.sub(
        lambda each: (
            f'<script type="application/json" id="{each[1]}">{zlib.decompress(b64decode(each[2])).decode()}</script>'
        ),
        valley.read_text(encoding="utf-8"),
    )
    unjoined = PACKED.sub(lambda _: loose, given)
    (tmp_path / "index.html").write_text(
        re.sub(r"script-src [^;]+", "script-src 'self' 'unsafe-inline'", unjoined), encoding="utf-8"
    )
    (tmp_path / "js").symlink_to(MODULES)
    complaints = []
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=tmp_path)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        context = browser.new_context(locale="en-GB")
        tab = context.new_page()
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.goto(f"http://127.0.0.1:{server.server_address[1]}/index.html#lang=en&select=barmij")
        tab.wait_for_selector("body[data-ready]")
        expect(tab.locator("#record h2")).to_have_text("Barmij")
        loaded = set(tab.evaluate("performance.getEntriesByType('resource').map(each => each.name.split('/').at(-1))"))
        context.close()
        server.shutdown()
    assert complaints == []
    assert {path.name for path in MODULES.glob("*.js")} <= loaded


class Silent(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""
