"""Organisations, users, persons, and who is involved with whom.

Not here: anything about homes, plans, placements or reviews. This floor does not know them.
"""
