"""What each canary stands for, and who may meet it. The world plants them, the crawl looks for them."""

TEAM = {"care_manager", "team_manager"}
COUNCIL = TEAM | {"reviewing_officer"}
SCHEME = {"scheme_worker", "scheme_manager"}
CASE = COUNCIL | SCHEME
DATA = {"data_officer"}
MAY_KNOW = {  # what a canary stands for, and the roles that meet it somewhere; nobody else does, anywhere
    "PERSON": CASE | DATA,  # name and address of people whom the scheme supports or was asked about
    "PRIVATE": TEAM | DATA,  # the same of somebody whom no scheme knows
    "BEFORE": TEAM,  # what is recorded of somebody whom the scheme was only asked about, and not in the pack
    "HIDDEN": {"team_manager"},  # an invisible record, opened to the team manager alone
    "ELSEWHERE": COUNCIL,  # with whom another scheme placed somebody whom both support
    "RIVAL": TEAM,  # that another scheme was asked, or knows the person
    "NEED": CASE,  # what others must do to be understood
    "CONTACT": CASE,
    "APART": SCHEME,  # why Anna may not live with somebody whom her team does not know
    "OTHERSIDE": SCHEME,  # who that is
    "ASSESSMENT": COUNCIL,
    "PLAN": CASE,
    "DRAFTPLAN": COUNCIL,
    "WISH": COUNCIL,  # what the council wrote down, and what it looks at again
    "SUPPORT": SCHEME,  # the scheme's own plan, until it is in use
    "RISK": CASE,
    "DRAFTRISK": COUNCIL,
    "DUTIES": TEAM | SCHEME,  # who is responsible for which part of risk assessment
    "INCIDENT": CASE,
    "CONCERN": TEAM,  # what worries a relative; written down by the team
    "COMPLAINT": CASE,  # that came to the scheme
    "OWNCOMPLAINT": COUNCIL,  # that came to the council, which may be about the scheme
    "SCHEMECOMPLAINT": COUNCIL,  # about the scheme: it came to the scheme, the council alone knows
    "STAFFCOMPLAINT": {"team_manager"},  # about the care manager: a manager alone knows
    "HOMERISK": SCHEME,  # the risks of a home
    "HOMETOLD": TEAM | SCHEME,  # what its scheme signed for others to know
    "CHANGE": CASE,  # what the scheme noticed
    "FORESEEN": TEAM,
    "REFERRAL": CASE,
    "MATCH": CASE,
    "HOME": CASE,  # the name of a home
    "ADDRESS": SCHEME,  # where it is, and what a visitor should know
    "FAMILY": SCHEME,  # who lives there besides
    "CLOSURE": SCHEME,
    "CARER": CASE,  # the name of a carer
    "CARERWORD": SCHEME,  # what else is recorded about them: telephone, faith, skills
    "AGREEMENT": CASE,
    "PLACEMENT": TEAM | SCHEME,  # why a placement is out of rule
    "VISITED": CASE,  # what the scheme saw of a person on its visit
    "SCHEMEVISIT": SCHEME,  # what it saw of the home, and what the carer said
    "AWAY": CASE,  # what others need to know while somebody is in hospital or on holiday
    "SERVICE": CASE,  # a service that must be reviewed
    "REVIEW": COUNCIL,  # the record of a review to which the scheme was not invited
    "MEETING": CASE,  # where a meeting will be
    "PROMISE": COUNCIL,
    "ROSTER": SCHEME
    | DATA
    | {"team_manager"},  # what the scheme's list says; read through in a copy of everything
    "HANDOVER": TEAM,  # why a person shall pass to another team
    "LAW": CASE,  # a legal fact that was shared with the scheme
    "OWNLAW": COUNCIL,  # one that was not
    "NOTE": COUNCIL,  # what the care manager wrote into the contact log
    "SCHEMENOTE": CASE,  # what the scheme wrote
    "SHARING": CASE,  # what the person said about sharing with that scheme
    "ADVOCACY": COUNCIL,
    "ABOUT": CASE,
    "FLAG": TEAM | SCHEME | DATA,
    "FILE": DATA,  # what a file says that is being brought in
    "CONFLICT": {"team_manager"},  # what connects a worker with somebody whose record is closed to them
    "RECALL": TEAM | {"reviewing_officer"},  # who holds a copy of what is hidden now
    "GRANT": {"team_manager"},  # the reason given for emergency access
}


def canary(kind):
    assert kind in MAY_KNOW, kind
    return f"Cnry-{kind.lower()}."
