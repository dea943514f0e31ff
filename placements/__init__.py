"""Referral, match, agreement, the placement itself. Not here: the review of it."""
