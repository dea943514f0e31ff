"""The pages of this floor, by what they are about."""
