"""Screening: from everybody's decisions to one outcome for each report and phase."""
