"""Names of people, one by one and in lists."""
