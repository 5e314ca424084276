"""Firefox and WebKit by the W3C's protocols, which ask for no driver of one's own: WebDriver BiDi and WebDriver."""

from __future__ import annotations

import glob
import json
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from itertools import count
from pathlib import Path

from websockets.sync.client import connect

ENTER, ESCAPE = "\ue007", "\ue00c"
MINI_BROWSER = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"


class Driven:
    """What both can do: go to an address, evaluate, type and click as a person does."""

    def js(self, expression):
        return json.loads(self.evaluate(f"JSON.stringify({expression})") or "null")

    def type(self, text):
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self.act([{"type": "key", "id": "keys", "actions": keys}])

    def click(self, selector):
        x, y, width, height = self.until(
            f"((each) => {{ each.scrollIntoView({{ block: 'nearest' }});"
            f"const {{ x, y, width, height }} = each.getBoundingClientRect();"
            f"return width && x >= 0 && y >= 0 && y + height <= innerHeight && [x, y, width, height]; }})"
            f"(document.querySelector({selector!r}))"
        )
        at = {"type": "pointerMove", "x": round(x + min(width, 40) / 2), "y": round(y + height / 2), "duration": 0}
        press = [at, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self.act([{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": press}])

    def until(self, expression, seconds=15):
        end = time.monotonic() + seconds
        while not (value := self.js(expression)):
            assert time.monotonic() < end, expression
            time.sleep(0.1)
        return value


class Firefox(Driven):
    """Firefox, headless."""

    def __init__(self, folder: Path):
        command = ["firefox-esr", "--headless", "--no-remote", "--profile", folder, "--remote-debugging-port=0"]
        home = {**os.environ, "HOME": str(folder)}
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=home)
        lines = iter(self.process.stderr.readline, "")
        listens = next(found[1] for found in map(re.compile(r"BiDi listening on (\S+)").search, lines) if found)
        self.open, self.ids = ExitStack(), count(1)
        self.open.callback(ended, self.process)
        self.socket = self.open.enter_context(connect(f"{listens}/session", max_size=None, proxy=None))
        self.say("session.new", capabilities={})
        self.context = self.say("browsingContext.getTree")["contexts"][0]["context"]
        self.say("browsingContext.setViewport", context=self.context, viewport={"width": 1280, "height": 800})

    def say(self, method, **params):
        number = next(self.ids)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            told = json.loads(self.socket.recv(timeout=60))
            if told.get("id") == number:
                assert told["type"] == "success", told
                return told["result"]

    def go(self, url):
        self.say("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def evaluate(self, script):
        told = self.say("script.evaluate", expression=script, target={"context": self.context}, awaitPromise=True)
        assert told["type"] == "success", told
        return told["result"].get("value")

    def act(self, actions):
        self.say("input.performActions", context=self.context, actions=actions)

    def close(self):
        self.open.close()


class WebKit(Driven):
    """WebKitGTK's small browser on a screen that nobody sees."""

    def __init__(self, folder: Path):
        screen = ["Xvfb", "-displayfd", "1", "-screen", "0", "1440x1000x24", "-nolisten", "tcp"]
        quiet = {"stderr": subprocess.DEVNULL}
        self.screen = subprocess.Popen(screen, stdout=subprocess.PIPE, text=True, **quiet)
        shown = {"DISPLAY": f":{self.screen.stdout.readline().strip()}", "HOME": str(folder)}
        self.port = free_port()
        self.process = subprocess.Popen(
            ["WebKitWebDriver", f"--port={self.port}"], stdout=subprocess.DEVNULL, env={**os.environ, **shown}, **quiet
        )
        [browser] = glob.glob(MINI_BROWSER)
        options = {"webkitgtk:browserOptions": {"binary": browser, "args": ["--automation"]}}
        self.base = ""
        self.base = f"/{self.begun(options)['sessionId']}"

    def begun(self, options):
        for _ in range(100):
            try:
                return self.say("", capabilities={"alwaysMatch": options})
            except (urllib.error.URLError, AssertionError):  # not there yet
                time.sleep(0.1)
        raise AssertionError("WebKitWebDriver does not answer")

    def say(self, path, method="POST", **body):
        url = f"http://127.0.0.1:{self.port}/session{self.base}{path}"
        asked = urllib.request.Request(
            url, json.dumps(body).encode(), {"Content-Type": "application/json"}, method=method
        )
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as exc:
            raise AssertionError(exc.read().decode()) from exc

    def go(self, url):
        self.say("/url", url=url)

    def evaluate(self, script):
        return self.say("/execute/sync", script=f"return {script}", args=[])

    def act(self, actions):
        self.say("/actions", actions=actions)

    def close(self):
        self.say("", method="DELETE")
        ended(self.process)
        ended(self.screen)


def ended(process):
    process.terminate()
    process.communicate(timeout=20)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
