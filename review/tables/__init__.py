"""Tables for people: one model, and a writer for each kind of file."""
