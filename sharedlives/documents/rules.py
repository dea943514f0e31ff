"""Rules of files and pictures that are read. Pure: no database, no clock."""

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

PICTURES = "UK GDPR Article 32: what comes in from outside is opened and written anew, so that nothing hidden comes with it"

PICTURE_TOO_BIG = Rule(
    code="documents.picture_not_too_big",
    says="This picture has {size} kB. A picture may have up to {most} kB.",
    mends="Save it smaller, for example 800 pixels wide, and send it again. Nothing was changed.",
    source=PICTURES,
)
PICTURE_NO_DRAWING = Rule(
    code="documents.picture_no_svg",
    says="This is an SVG drawing. Such a file may carry scripts, and addresses of other computers, into our documents.",
    mends="Open it in a drawing program, export it as PNG, 600 pixels wide or more, and send that. Nothing was changed.",
    source=PICTURES,
)
PICTURE_READABLE = Rule(
    code="documents.picture_readable",
    says="This file cannot be opened as a PNG or JPEG picture, whatever its name says.",
    mends="Open it in a picture program, save it as PNG or JPEG, and send it again. Nothing was changed.",
    source=PICTURES,
)
PICTURE_SIDES = Rule(
    code="documents.picture_sides",
    says="This picture is {sides}.",
    mends="Each side may have {least} to {most} pixels. Change its size and send it again. Nothing was changed.",
    source=PICTURES,
)
