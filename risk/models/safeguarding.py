"""The three-part test of Care Act 2014 s42(1): the same four columns wherever the council decides it."""

from django.db import models
from django.db.models import Q

from people.models import User

TEST_IS_WHOLE = Q(
    has_needs=None, at_risk=None, cannot_protect=None, test_decided_by=None
) | Q(
    has_needs__isnull=False, at_risk__isnull=False, cannot_protect__isnull=False, test_decided_by__isnull=False
) & ~Q(person_wants="")  # fmt: skip


class ThreePartTest(models.Model):
    """Mixin. What the person wants is asked first: no answer without it."""

    person_wants = models.TextField("what the person wants to happen", blank=True)
    has_needs = models.BooleanField("has needs for care and support", null=True, blank=True)
    at_risk = models.BooleanField("is experiencing, or at risk of, abuse or neglect", null=True, blank=True)
    cannot_protect = models.BooleanField(
        "because of those needs cannot protect themselves", null=True, blank=True
    )
    test_decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def safeguarding_test(self):
        """The three answers, None where not yet decided."""
        return (self.has_needs, self.at_risk, self.cannot_protect)
