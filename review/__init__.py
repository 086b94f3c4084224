"""A systematic literature review from one protocol file."""
