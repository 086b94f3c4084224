"""A title with its subtitle, where a source has the two apart."""

from __future__ import annotations


def with_subtitle(title: str, subtitle: str) -> str:
    """`Title: subtitle`, behind a question or a cry without the colon; the title alone where it ends so already."""
    if not title or not subtitle:
        return title or subtitle
    if title.casefold().endswith(subtitle.casefold()):
        return title
    return f"{title} {subtitle}" if title.endswith(("?", "!")) else f"{title.rstrip(' :')}: {subtitle}"
