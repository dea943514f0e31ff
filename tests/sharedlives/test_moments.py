"""What happened, and what follows, in one transaction."""

import pytest
from django.db import transaction

from sharedlives import moments


@pytest.fixture
def moment(monkeypatch):
    monkeypatch.setattr(moments, "REGISTRY", {})
    return moments.Moment("tests.happened", "Something happened")


@pytest.mark.django_db
def test_followers_run_in_the_order_in_which_they_were_bound(moment):
    seen = []
    moment.then(lambda what: seen.append(f"first {what}"))
    moment.then(lambda what: seen.append(f"second {what}"))
    with transaction.atomic():
        moment.happened(what="thing")
    assert seen == ["first thing", "second thing"]


@pytest.mark.django_db
def test_an_error_in_a_follower_refuses_the_whole(moment):
    moment.then(lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        moment.happened()


@pytest.mark.django_db(transaction=True)
def test_nothing_happens_outside_a_transaction(moment):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        moment.happened()
