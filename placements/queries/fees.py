"""What a scheme asks for."""

from decimal import Decimal

from ..codes import FeeFor
from ..models import AgreementFee, FeeBand


def fee_bands(scheme, on):
    """The bands of a scheme that hold on a day."""
    return FeeBand.objects.current(on).filter(organisation=scheme)


def outside_bands(agreement, fee_lines, on):
    """Of [(what for, pounds a week, who pays)], what each line is for that is none of the scheme's bands on a day.

    What has no bands is never outside them, nor is an amount that the agreement in force has already.
    """
    bands = {}
    for band in fee_bands(agreement.placement.scheme, on):
        bands.setdefault(band.what, set()).add(band.pounds)
    in_force = agreement.placement.agreements.in_force().exclude(pk=agreement.pk)
    before = set(AgreementFee.objects.filter(agreement__in=in_force).values_list("what", "pounds"))
    amounts = [(FeeFor(what), Decimal(pounds)) for what, pounds, _payer in fee_lines]
    return [
        what
        for what, pounds in amounts
        if what in bands and pounds not in bands[what] and (what, pounds) not in before
    ]
