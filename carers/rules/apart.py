"""Rules of who may not live together."""

from sharedlives.rules import Rule

SOURCE = "Care and support statutory guidance 14: prevent abuse between adults who live together; SCIE At a glance 02"

APART_FROM_SOMEBODY_ELSE = Rule(
    code="carers.apart_from_somebody_else",
    says="This is the reference of the person themselves.",
    mends="Enter the reference of the other person; or say that they may live with nobody else.",
    source=SOURCE,
    constraint="carers_apart_from_somebody_else",
)
APART_FOR_A_REASON = Rule(
    code="carers.apart_for_a_reason",
    says="Nothing says why they may not live together.",
    mends="Write the reason, so that somebody can look at it again.",
    source=SOURCE,
    constraint="carers_apart_for_a_reason",
)
APART_ONCE = Rule(
    code="carers.apart_once",
    says="This is decided already, and holds.",
    mends="Open the decision on the page of either person; look at it again there.",
    source=SOURCE,
    constraint="carers_apart_once",
)
APART_ENDED_WHY = Rule(
    code="carers.apart_ended_with_date_and_reason",
    says="Nothing says why they may live together again.",
    mends="Write what has changed, and who agreed.",
    source=SOURCE,
    constraint="carers_apart_ended_with_date_and_reason",
)
APART_ENDED = Rule(
    code="carers.apart_has_ended",
    says="This decision has ended on {on:%-d %B %Y}.",
    mends="Write a new one where they may not live together again.",
    source=SOURCE,
)
APART_LOOK_AHEAD = Rule(
    code="carers.apart_look_ahead",
    says="The day on which it is looked at again is not to come.",
    mends="Choose a day after today, within a year as a rule.",
    source=SOURCE,
)
APART_KNOWN = Rule(
    code="carers.apart_from_somebody_known",
    says="Nobody with the reference {typed} is among the people with whom you work.",
    mends="Check the reference at the top of their page. Where another team or scheme works with them, ask somebody who "
    "works with both.",
    source="Data Protection Act 2018: need to know",
)
