"""Sources, references and keys that stand in one text."""
