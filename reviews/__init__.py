"""When it must be looked at again, the meeting, the record."""
