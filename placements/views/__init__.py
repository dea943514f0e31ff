"""The pages of referrals, matches, agreements and placements."""
