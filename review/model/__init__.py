"""Frozen values: what the words of a review mean. Pure: no clock, no file, no network."""
