"""The report: counts, tables and pages, derived from what happened."""
