"""The demo's sign-ins, as the launcher prints them. All share one password; the people are
invented.
"""

PASSWORD = "shared-lives-demo"
DOMAIN = "example.org"

SEES = {
    "care.manager": "the people their team funds: plans, risks, placements and reviews",
    "reviewing.officer": "only the people whose review they hold",
    "team.manager": "everyone of the teams they manage, and what is late",
    "scheme.worker": "the people their scheme supports, and its carers",
    "scheme.manager": "the whole scheme: carers, approvals, homes, its list",
    "commissioner": "what is available and what is missing; no person by name",
    "data.officer": "lists sent in, near matches, records to put right",
    "admin": "users, teams, policies and lists of words; no person's pages",
}


def table(address):
    rows = [(f"{name}@{DOMAIN}", sees) for name, sees in SEES.items()]
    width = max(len(email) for email, _ in rows)
    lines = [f"  {email:<{width}}   {sees}" for email, sees in rows]
    head = f"\n  Open {address}/ and sign in. The password is always  {PASSWORD}\n"
    return "\n".join([head, f"  {'Sign in as':<{width}}   and see", *lines, ""])
