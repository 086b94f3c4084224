"""How long 5,000 quotes take in 200 documents of 20 pages, and how that compares with a plain `in`.

    python benchmarks/quotes.py [--documents 200] [--quotes 5000]

The documents are made of random words of a fixed seed. Of the quotes, most stand on the page named with other line breaks and
hyphens, some on another page, some with a slip of the keyboard, and a tenth nowhere. Prints CPU seconds and the ratio; fails nothing.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter

from review.fulltext.document import Document, Page
from review.fulltext.quotes import Searchable


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--quotes", type=int, default=5000)
    options = parser.parse_args()
    rng = random.Random(4711)
    words = ["".join(rng.choices("abcdefghijklmnoprstuvwy", k=rng.randint(2, 11))) for _ in range(4000)]
    documents = [
        Document("pdf", tuple(Page(str(n + 1), _page(rng, words)) for n in range(options.pages))) for _ in range(options.documents)
    ]
    quotes = [_quote(rng, documents, words) for _ in range(options.quotes)]

    start = time.process_time()
    ready = [Searchable(d) for d in documents]
    states = Counter(ready[n].find(quote, locator).state for n, quote, locator in quotes)
    ours = time.process_time() - start

    start = time.process_time()
    hits = sum(any(quote in page.text for page in documents[n].pages) for n, quote, _ in quotes)
    plain = time.process_time() - start
    print(
        f"{options.quotes:,} quotes in {options.documents} documents of {options.pages} pages: {ours:.1f} s CPU, {1000 * ours / options.quotes:.2f} ms each"
    )
    print("  " + ", ".join(f"{n:,} {state}" for state, n in sorted(states.items())))
    print(f"  a plain `in` finds {hits:,} of them in {plain:.2f} s CPU; ratio {ours / max(plain, 1e-9):.0f}")


def _page(rng: random.Random, words: list[str]) -> str:
    lines = []
    for _ in range(45):
        line = " ".join(rng.choices(words, k=10))
        if rng.random() < 0.3:  # a word broken at the end of the line
            word = rng.choice(words) + "tion"
            line = f"{line} {word[:3]}\u0002{word[3:]}"
        lines.append(line)
    return "\n".join(lines)


def _quote(rng: random.Random, documents: list[Document], words: list[str]) -> tuple[int, str, str]:
    n = rng.randrange(len(documents))
    p = rng.randrange(len(documents[n].pages))
    text = documents[n].pages[p].text
    said = text.replace("\u0002", "").split()
    start = rng.randrange(len(said) - 50)
    cut = said[start : start + rng.randint(10, 45)]
    kind = rng.random()
    if kind < 0.1:
        return n, " ".join(rng.choices(words, k=20)), f"p. {p + 1}"
    if kind < 0.3:  # a letter wrong
        at = max(range(len(cut)), key=lambda k: len(cut[k]))
        cut[at] = f"{cut[at][:3]}x{cut[at][4:]}"
    quote = " ".join(cut)
    return n, quote, f"p. {rng.randrange(len(documents[n].pages)) + 1 if kind > 0.9 else p + 1}"


if __name__ == "__main__":
    main()
