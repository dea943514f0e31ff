"""Structured logs. A line holds times, ids and names of views; never what was typed or whom it is about."""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

request_id = ContextVar("request_id", default="")

KEPT = ("view", "status", "ms", "user_id", "job", "done", "mail_id")


class NoPersonalData(logging.Filter):
    """Drop the parts of a record that may quote a form, a row or a mail."""

    def filter(self, record):
        if record.exc_info:
            kind = record.exc_info[0]
            where = last_own_frame(record.exc_info[2])
            # An exception's text may hold a name or a note (a database error quotes the row).
            record.exc_info = None
            record.exc_text = None
            record.fault = f"{kind.__name__} at {where}"
        return True


def last_own_frame(traceback):
    where = "?"
    while traceback:
        code = traceback.tb_frame.f_code
        if "site-packages" not in code.co_filename:
            where = f"{code.co_filename.rsplit('/', 2)[-1]}:{traceback.tb_lineno} {code.co_name}"
        traceback = traceback.tb_next
    return where


class JsonFormatter(logging.Formatter):
    """One JSON object a line, times in UTC."""

    def format(self, record):
        line = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if not hasattr(record, "fault") else "fault",
        }
        if request_id.get():
            line["request_id"] = request_id.get()
        if hasattr(record, "fault"):
            line["fault"] = record.fault
        line |= {key: getattr(record, key) for key in KEPT if hasattr(record, key)}
        return json.dumps(line, default=str)
