"""The generated pages of docs/ say what the registries say."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from sharedlives.devstack.signins import DOMAIN, SEES


def test_generated_pages_are_up_to_date():
    call_command("write_docs", check=True)


def test_the_front_page_says_of_each_sign_in_what_run_prints():
    told = Path(settings.BASE_DIR, "README.md").read_text()
    assert [name for name, sees in SEES.items() if f"| `{name}@{DOMAIN}` | {sees} |" not in told] == []
    assert told.count(f"@{DOMAIN}` | ") == len(SEES)
