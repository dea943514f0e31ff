"""Who is not on our records, and what has holes."""
