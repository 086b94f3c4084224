"""The version of the index's tables."""

# Raised with any change of tables.py: an index of another schema is rebuilt, not migrated, since it is derived.
SCHEMA = 3
