"""The three-box date, and forms that carry out actions."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from sharedlives.forms import DateField


@pytest.mark.parametrize(
    "typed", [["27", "3", "2027"], ["27", "March", "2027"], ["27", "mar", "2027"], [" 27 ", "03", "2027"]]
)
def test_dates_as_people_type_them(typed):
    assert DateField().clean(typed) == date(2027, 3, 27)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["31", "2", "2027"], "31 2 2027” is not a date"),
        (["1", "3", "27"], "four-figure year"),
        (["1", "", "2027"], "include a month"),
        (["", "", "2027"], "include a day and a month"),
        (["", "", ""], "Enter a date"),
        (["x", "y", "z"], "not a date"),
    ],
)
def test_a_wrong_date_says_which_part(typed, says):
    with pytest.raises(ValidationError, match=says):
        DateField().clean(typed)


def test_a_date_that_may_be_empty():
    assert DateField(required=False).clean(["", "", ""]) is None
