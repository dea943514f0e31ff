"""A browser without a window: one connection, its cookies, and the one-time words of forms."""

import http.client
import re
import time
from urllib.parse import urlencode, urlsplit

FORM_WORD = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Browser:
    """Signs in as a person would. `get` and `post` return (milliseconds, body)."""

    def __init__(self, address):
        at = urlsplit(address)
        self.connection = http.client.HTTPConnection(at.hostname, at.port, timeout=60)
        self.cookies = {}

    def ask(self, method, path, body=None):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        said = answer.read()
        took = (time.perf_counter() - begun) * 1000
        for header in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = header.partition("=")
            self.cookies[name] = rest.split(";", 1)[0]
        return answer.status, took, said

    def get(self, path):
        status, took, said = self.ask("GET", path)
        self.must(status == 200, "GET", path, status)
        return took, said

    def post(self, path, **fields):
        """Send a form. Its page has to be opened before, for the word against forged forms."""
        _took, page = self.get(path)
        word = FORM_WORD.search(page.decode()).group(1)
        status, took, said = self.ask("POST", path, urlencode(fields | {"csrfmiddlewaretoken": word}))
        self.must(status in (200, 302), "POST", path, status)
        return took, said

    def sign_in(self, path, email, password):
        self.post(path, login=email, password=password)
        self.must("sessionid" in self.cookies, "Sign in as", email, "refused")
        return self

    @staticmethod
    def must(holds, *said):
        if not holds:
            raise SystemExit(" ".join(str(word) for word in said))
