"""What is available, what is missing, what it costs. Never about a single person."""
