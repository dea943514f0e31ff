"""Secret addresses that open without signing in: what is kept of them, and how often somebody may come."""

import hashlib
import time

from django.core.cache import cache

AN_HOUR = 3600


def hashed(secret):
    """What a row keeps of the secret in its address: whoever reads the row cannot open it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def too_often(name, most):
    """Has somebody come more than `most` times within this hour of the clock? Counts this time.

    Each hour has its own count, and no visit prolongs one: `cache.incr` would, in a cache that lies in the database,
    and who comes regularly and seldom enough would be shut out in the end.
    """
    key = f"{name}:{int(time.time() // AN_HOUR)}"
    count = cache.get(key, 0) + 1
    cache.set(key, count, AN_HOUR)
    return count > most
