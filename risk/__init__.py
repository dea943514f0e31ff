"""Risk assessments and who is responsible, incidents, concerns."""
