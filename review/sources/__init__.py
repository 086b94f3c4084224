"""Where records come from, live: one interface (`base.py`), one file a source, and a list of them (`registry.py`)."""
