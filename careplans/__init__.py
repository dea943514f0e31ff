"""Assessment, care and support plans, budgets, sharing a plan. Not here: risk, which has its own floor."""
