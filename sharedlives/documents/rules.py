"""Rules of files that are read. Pure: no database, no clock."""

from sharedlives.rules import Rule

READS = "Limit of this copy: files are read as CSV or XLSX, in UTF-8 or Windows-1252"

FILE_TOO_BIG = Rule(
    code="documents.file_not_too_big",
    says="This file has {size} MB. A list may have up to {most} MB.",
    mends="Leave out the columns that are not asked for, or split the list. Nothing was taken in.",
    source="Limit of this copy, set by its administrator",
)
FILE_EMPTY = Rule(
    code="documents.file_not_empty",
    says="There is nothing in this file: {what}.",
    mends="Open it and check that it holds the list, then send it again. Nothing was changed.",
    source=READS,
)
FILE_READABLE = Rule(
    code="documents.file_readable",
    says="The letters of this file cannot be read.",
    mends="Save it as “CSV UTF-8” or as “CSV (Windows)”, and send it again. Those two work, and XLSX. Nothing was changed.",
    source=READS,
)
FILE_A_TABLE = Rule(
    code="documents.file_a_table",
    says="This is not a table that can be read: {why}.",
    mends="Save the list as CSV or XLSX, and send it again. Nothing was changed.",
    source=READS,
)
