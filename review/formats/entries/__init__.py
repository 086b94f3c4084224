"""Where an entry begins and ends."""
