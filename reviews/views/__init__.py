"""The pages of reviews: what is due, the meeting, holding it, its record, and what was agreed."""
