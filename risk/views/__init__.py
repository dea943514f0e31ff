"""The pages of risk assessments, responsibilities and incidents."""
