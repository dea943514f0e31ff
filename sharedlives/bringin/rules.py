"""Rules of files that are brought in. Pure: no database, no clock."""

from sharedlives.rules import Rule

LIVE = "Going live: what a council has is brought in once, nothing of it lost and nothing of it twice"

HEADING_KNOWN = Rule(
    code="bringin.heading_known",
    says="The first line must name the columns, and none of its headings is known here. Found: {found}.",
    mends="Take the headings from the template of this page, and send the file again. Nothing was changed.",
    source=LIVE,
)
COLUMNS_COMPLETE = Rule(
    code="bringin.columns_complete",
    says="Some columns are needed and not named yet: {missing}.",
    mends="Say which column of the file holds each, or add it to the file and send that.",
    source=LIVE,
)
COLUMN_ONCE = Rule(
    code="bringin.column_once",
    says="Two columns of the file are both called “{heading}”.",
    mends="Choose one of them, and leave the other unused.",
    source=LIVE,
)
NOT_TOO_MANY_ROWS = Rule(
    code="bringin.not_too_many_rows",
    says="This file has more than {most} rows.",
    mends="Split it into parts, and send one after the other. Nothing was changed.",
    source="Limit of this copy",
)
FIRST_CHECKED = Rule(
    code="bringin.first_checked",
    says="This file has not been checked to its end yet, or somebody has brought it in or put it aside already.",
    mends="Look at the page again.",
    source=LIVE,
)
STILL_OPEN = Rule(
    code="bringin.row_still_open",
    says="Nothing is open about this row any more: it has been brought in, left out, or put aside with its file.",
    mends="Look at the row again.",
    source=LIVE,
)
REASON_GIVEN = Rule(
    code="bringin.left_out_with_reason",
    says="A row that is left out needs a reason.",
    mends="Say why it is not brought in; the row stays here with your words.",
    source="Practice: what is true can always be recorded, and nothing is lost",
    constraint="bringin_left_out_says_why",
)
