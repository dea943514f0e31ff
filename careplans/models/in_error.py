"""What should not be on this record: somebody else's assessment, support plan, wish or reassessment."""

from people.models import InError, is_of_one, points_at, says_why

from .assessment import Assessment
from .support import SupportPlan
from .wishes import Reassessment, Wish


class NeedEnteredInError(InError):
    """One of the four, and why it is wrong here. The scheme's part of a joint assessment is hidden with it."""

    assessment = points_at(Assessment)
    support_plan = points_at(SupportPlan)
    wish = points_at(Wish)
    reassessment = points_at(Reassessment)

    class Meta:
        verbose_name_plural = "needs entered in error"
        constraints = [
            says_why("careplans_need_error_says_why"),
            is_of_one(
                ("assessment", "support_plan", "wish", "reassessment"), "careplans_need_error_is_of_one_row"
            ),
        ]

    class Privacy:
        ordinary = ("id", "version", "assessment", "support_plan", "wish", "reassessment", "on")
        personal = ("person", "why")
        special = ()
