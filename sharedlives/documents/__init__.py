"""Documents that leave the system: PDF, spreadsheets, and the bytes that were sent."""
