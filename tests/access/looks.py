"""Pages that were already answered, opened in Chromium: for axe, and for the width of a small phone.

A program of its own (`python -m tests.access.looks`, pages in, faults out): Playwright keeps a loop in its thread, and
the tests that answer the pages keep a transaction open in theirs.
"""

import json
import mimetypes
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import sync_playwright

STATIC = Path(__file__).parents[2] / "static"
AXE = "/axe.js"
PHONE = {"width": 320, "height": 700}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    # Two thirds of the time. Colours come from one style sheet: the browser tests measure them on each component.
    "rules": {"color-contrast": {"enabled": False}},
}
# A script that came with a page in this way does not run by itself; a module runs once for each fragment of its address.
SHOW = """async ([page, number]) => {
    const parsed = new DOMParser().parseFromString(page, "text/html");
    document.replaceChild(document.adoptNode(parsed.documentElement), document.documentElement);
    const sheets = [...document.querySelectorAll("link[rel=stylesheet][href]")];
    await Promise.all(sheets.map(link => link.sheet || new Promise(loaded => { link.onload = loaded; })));
    for (const { type, src } of document.querySelectorAll("script[src]")) {
        if (type === "module") {
            await import(`${src}#${number}`);
        } else {
            const again = document.createElement("script");
            await new Promise(ran => {
                again.onload = ran;
                again.src = src;
                document.head.append(again);
            });
        }
    }
    await document.fonts.ready;
    return [sheets.length, document.documentElement.scrollWidth];
}"""
LOOK = "options => axe.run(options).then(found => found.violations)"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class Shelf(BaseHTTPRequestHandler):
    """Hands out the one page that lies on it, and the files of the site, which the browser may keep."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        found = AXE_FILE_PATH if self.path == AXE else None
        if self.path.startswith("/static/"):
            found = STATIC / self.path.removeprefix("/static/")
            if not found.is_file():
                return self.send_error(404)
        content = found.read_bytes() if found else self.server.page
        self.send_response(200)
        self.send_header(
            "Content-Type", mimetypes.guess_type(found)[0] if found else "text/html; charset=utf-8"
        )
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=3600" if found else "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        pass


class Looks:
    """One tab, and a shelf for it; with `with`. Pages take each other's place in it: to go to one takes as long as to look."""

    def __init__(self, browser):
        self.context = browser.new_context(viewport=PHONE)
        self.tab = self.context.new_page()
        self.shown = 0
        self.shelf = ThreadingHTTPServer(("127.0.0.1", 0), Shelf)
        self.shelf.daemon_threads = True

    def __enter__(self):
        Thread(target=self.shelf.serve_forever, daemon=True).start()
        self.shelf.page = b"<!doctype html><html lang=en><title>First</title></html>"
        self.tab.goto(f"http://127.0.0.1:{self.shelf.server_port}/")
        self.tab.add_script_tag(url=AXE)
        return self

    def __exit__(self, *fault):
        self.context.close()
        self.shelf.shutdown()
        self.shelf.server_close()

    def faults(self, page):
        """[what is wrong] with a page at the width of a small phone."""
        self.shown += 1
        sheets, wide = self.tab.evaluate(SHOW, [page, self.shown])
        violations = self.tab.evaluate(LOOK, RULES)
        found = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in violations]
        if not sheets:
            found.append("no style sheet")
        return [*found, f"{wide} px wide"] if wide > PHONE["width"] else found


def faults(program, pages):
    """{path: [what is wrong]} of `pages`, {path: HTML}, looked at by the browser `program`."""
    asked = json.dumps({"program": program, "pages": pages})
    answer = subprocess.run(
        [sys.executable, "-m", __name__], input=asked, stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(answer.stdout)


def main():
    asked = json.load(sys.stdin)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=asked["program"], args=ARGUMENTS)
        with Looks(browser) as looks:
            found = {path: looks.faults(page) for path, page in asked["pages"].items()}
        browser.close()
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
