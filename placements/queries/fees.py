"""What a scheme asks for."""

from ..models import FeeBand


def fee_bands(scheme, on):
    """The bands of a scheme that hold on a day."""
    return FeeBand.objects.current(on).filter(organisation=scheme)
