"""Deduplication: which records are the same report, decided by rules that can be read, with evidence in words."""
