"""Textual screens over headless sittings: they show and they call, nothing else."""
