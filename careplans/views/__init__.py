"""The pages of assessments and care plans."""
