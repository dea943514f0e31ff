"""Rules of lists, links and flags. Pure: no database, no clock."""

from sharedlives.rules import Rule

NET = "SCIE At a glance 02: people must be on the information system, so that nobody falls through the net"
SHARING = "UK GDPR, data sharing code: lists travel under an agreement that is in force"

HEADER = Rule(
    code="safetynet.header_complete",
    says="The first line must name the columns. Missing: {missing}. Found: {found}.",
    mends="Change the first line of the file, or ask your administrator to map this list’s headings. Nothing was changed.",
    source=NET,
)
TOO_MANY_ROWS = Rule(
    code="safetynet.not_too_many_rows",
    says="This list has more than {most} rows.",
    mends="Split it into parts and ask your administrator for a source for each. Nothing was changed.",
    source="Limit of this copy",
)
SAME_FILE = Rule(
    code="safetynet.same_file_once",
    says="This very file was sent before.",
    mends="If the list has changed, save it again and send the new file. Nothing was changed.",
    source=NET,
    constraint="safetynet_same_file_once",
)
AGREEMENT = Rule(
    code="safetynet.agreement_in_force",
    says="The sharing agreement for “{source}” ended on {ended}.",
    mends="Ask your administrator to record the new agreement first. Nothing was taken in.",
    source=SHARING,
)
NOT_DECIDED = Rule(
    code="safetynet.row_still_to_decide",
    says="Somebody has decided about this row already.",
    mends="Look at the row again; a decision can be undone.",
    source=NET,
    constraint="safetynet_row_decided_one_way",
)
NO_SUCH_RECORD = Rule(
    code="safetynet.record_of_the_council",
    says="There is no record “{typed}” of your council.",
    mends="Check the reference, such as P-7KQ2MX. For a person of another council, ask its data officer.",
    source="SCIE At a glance 02; UK GDPR: a list must not be a way to look people up",
)
CLOSED_WITH_REASON = Rule(
    code="safetynet.closed_with_reason",
    says="“Another reason” needs words.",
    mends="Say why nothing more has to be done.",
    source=NET,
    constraint="safetynet_other_reason_in_words",
)
STILL_OPEN = Rule(
    code="safetynet.flag_still_open",
    says="This is closed already.",
    mends="Look at it again to see why.",
    source=NET,
)
NOT_A_RELATIVE = Rule(
    code="safetynet.relatives_never_automatic",
    says="First names differ and no NHS number agrees, so only somebody who knows can say whether this is one person.",
    mends="Compare the two, and decide.",
    source="Decision record 12: twins and relatives share family name, birth date and address",
)

QUIET_DAYS = 90  # a gap that somebody closed with a reason is not opened again by the clock for so long
AGES = (("week", 0, 7), ("month", 8, 28), ("quarter", 29, 90), ("older", 91, None))
