"""Bibliographic file formats: one file a format, each `read(bytes) -> records and rejects`. Pure."""
