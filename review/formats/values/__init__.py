"""What stands in a field, whatever the format: kinds, dates, numbers, addresses, keywords."""
