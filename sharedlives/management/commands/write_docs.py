"""Write the pages of docs/ that come from the registries: rules, moments, who may do what."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sharedlives import moments, rules
from sharedlives.permissions import DESCRIPTIONS, GRANTS, Permission, Role

DOCS = Path(settings.BASE_DIR) / "docs"
NOTE = "<!-- Written by `manage.py write_docs`; a test compares. -->\n\n"


def rules_page():
    lines = [
        "# Practice rules",
        "",
        "Each rule: the refusal in its own words, where it comes from, and the constraint that keeps it in the database.",
        f"Each follows the law and the guidance of {rules.ENGLAND} unless another nation is named; for "
        f"{', '.join(sorted(rules.nations_without_rules()))} no rule is set yet (adr/0019).",
        "",
    ]
    for code in sorted(rules.REGISTRY):
        rule = rules.REGISTRY[code]
        lines += [f"## `{code}`", "", f"> {rule.says} {rule.mends}".rstrip(), "", f"- Source: {rule.source}"]
        if rule.nation != rules.ENGLAND:
            lines.append(f"- Nation: {rule.nation}")
        if rule.constraint:
            names = rule.constraint if isinstance(rule.constraint, (tuple, list)) else [rule.constraint]
            lines.append("- Also kept by the database: " + ", ".join(f"`{name}`" for name in names))
        lines.append(f"- Tests: `grep -rn 'rule(\"{code}\")' tests/`")
        lines.append("")
    return NOTE + "\n".join(lines)


def moments_page():
    lines = [
        "# Moments",
        "",
        "What happens on a lower floor, and what follows on higher ones, in this order, in one transaction.",
        "",
    ]
    for name in sorted(moments.REGISTRY):
        moment = moments.REGISTRY[name]
        lines += [f"## `{name}`", "", f"{moment.says}.", ""]
        lines += [f"1. `{f.__module__}.{f.__name__}`" for f in moment.followers] or ["Nobody follows."]
        lines.append("")
    return NOTE + "\n".join(lines)


def permissions_page():
    lines = [
        "# Who may do what",
        "",
        "A grant holds only for persons whom the same membership makes visible.",
        "",
    ]
    for role in Role:
        lines += [f"- **{role.label}**: {DESCRIPTIONS[role]}"]
    lines += [
        "",
        "| permission | " + " | ".join(str(r.label) for r in Role) + " |",
        "|" + " --- |" * (len(Role) + 1),
    ]
    for permission in Permission:
        marks = " | ".join("yes" if permission in GRANTS[role] else "" for role in Role)
        lines.append(f"| `{permission}` | {marks} |")
    return NOTE + "\n".join(lines) + "\n"


PAGES = {"rules.md": rules_page, "moments.md": moments_page, "permissions.md": permissions_page}


class Command(BaseCommand):
    help = "Write docs/rules.md, docs/moments.md and docs/permissions.md from the registries."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; fail where a page is out of date."
        )

    def handle(self, *, check, **options):
        stale = [name for name, page in PAGES.items() if not current(name, page)]
        if check and stale:
            raise CommandError(f"Out of date: {', '.join(stale)}. Run manage.py write_docs.")
        for name in stale:
            (DOCS / name).write_text(PAGES[name]())
            self.stdout.write(f"docs/{name}")


def current(name, page):
    path = DOCS / name
    return path.exists() and path.read_text() == page()
