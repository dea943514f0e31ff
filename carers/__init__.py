"""Dwellings, stays and limits, approval, training, breaks. Not here: why somebody stays; that is a placement."""
