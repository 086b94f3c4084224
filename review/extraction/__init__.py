"""Extraction: from everybody's answers to one value for each report, question and field."""
