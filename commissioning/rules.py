"""Rules of this floor. Pure: no database, no clock."""
