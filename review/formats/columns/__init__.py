"""What the names of a table's columns mean."""
