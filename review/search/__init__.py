"""Search: from what sources returned to records."""
