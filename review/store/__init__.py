"""The index: tables and queries, derived from the text files. The only SQL in the house."""
