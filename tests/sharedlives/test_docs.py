"""The generated pages of docs/ say what the registries say."""

from django.core.management import call_command


def test_generated_pages_are_up_to_date():
    call_command("write_docs", check=True)
