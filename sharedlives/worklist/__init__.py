"""What falls due, who is told, and whether they were. It knows no domain: apps declare, one engine does the rest."""
