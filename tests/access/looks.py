"""Pages that were already answered, opened in Chromium: for axe, and for the width of a small phone."""

import mimetypes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders

PHONE = {"width": 320, "height": 700}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


class Shelf(BaseHTTPRequestHandler):
    """Hands out the one page that lies on it, and the files of the site, which the browser may keep."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        found = finders.find(self.path.removeprefix("/static/")) if self.path.startswith("/static/") else None
        content = Path(found).read_bytes() if found else self.server.page
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
    """One tab, and a shelf for it; with `with`."""

    def __init__(self, browser):
        self.context = browser.new_context(viewport=PHONE)
        self.tab = self.context.new_page()
        self.shelf = ThreadingHTTPServer(("127.0.0.1", 0), Shelf)
        self.shelf.daemon_threads = True

    def __enter__(self):
        Thread(target=self.shelf.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *fault):
        self.context.close()
        self.shelf.shutdown()
        self.shelf.server_close()

    def faults(self, path, page):
        """[what is wrong] with a page at the width of a small phone."""
        self.shelf.page = page.encode()
        self.tab.goto(f"http://127.0.0.1:{self.shelf.server_port}{path}")
        violations = Axe().run(self.tab, options=RULES).response["violations"]

        found = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in violations]
        wide = self.tab.evaluate("document.documentElement.scrollWidth")
        return [*found, f"{wide} px wide"] if wide > PHONE["width"] else found
