"""Thin commands, one file each. Data goes to stdout, words for people to stderr."""
