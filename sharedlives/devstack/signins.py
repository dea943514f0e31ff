"""The demo's sign-ins, as the launcher prints them. All share one password; the people are
invented.
"""

PASSWORD = "shared-lives-demo"
DOMAIN = "example.org"

SEES = {
    "care.manager": "the people whom the team funds: plans, risks, referrals, reviews",
    "reviewing.officer": "only the people whose review they hold",
    "team.manager": "the teams beneath, what is overdue, who has looked",
    "scheme.worker": "the people whom the scheme supports; homes, carers, referrals",
    "scheme.manager": "the same, and approves carers and starts",
    "commissioner": "what is available and what is missing; no person",
    "data.officer": "lists from other services, links, people not on our records",
    "admin": "jobs, teams, users, policies, words of mails; nothing of a case",
}


def table(address):
    rows = [(f"{name}@{DOMAIN}", sees) for name, sees in SEES.items()]
    width = max(len(email) for email, _ in rows)
    lines = [f"  {email:<{width}}   {sees}" for email, sees in rows]
    head = f"\n  Open {address}/ and sign in. The password is always  {PASSWORD}\n"
    return "\n".join([head, f"  {'Sign in as':<{width}}   and see", *lines, ""])
