"""Health check inside a container: `python deploy/health.py web:8000 /readyz` ends with 0 for status 200.

It names the site as its host, as the proxy does, because the program refuses any other name.
"""

import os
import sys
from http.client import HTTPConnection, HTTPException


def status(where, path):
    connection = HTTPConnection(where, timeout=8)
    connection.request("GET", path, headers={"Host": os.environ["ALLOWED_HOSTS"].split(",")[0]})
    return connection.getresponse().status


if __name__ == "__main__":
    try:
        answer = status(*sys.argv[1:])
    except (OSError, HTTPException) as error:
        answer = repr(error)
    sys.exit(None if answer == 200 else f"{sys.argv[1:]}: {answer}")
