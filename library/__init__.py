"""Policies, practice standards, protocols, procedures: what everyone must know."""
