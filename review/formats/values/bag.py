"""Tagged values on their way into a Record: what is claimed for a field leaves the bag, the rest becomes `extra`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

_AS_IT_CAME: Mapping[str, str] = {}
_NO_TEXT = frozenset({"nan", "NaN", "<NA>", "NaT"})
# What programs in Python, R and JavaScript write where they have nothing.
WORDS = frozenset({"None", "NULL", "null", "NA", "N/A", "undefined"})  # which people write too
EMPTY = _NO_TEXT | WORDS


class Bag:
    """The (tag, text) pairs of one entry. Nothing is lost: `rest` gives back whatever no field has claimed.

    A text is claimed under a tag wherever it stands under that tag.
    """

    __slots__ = ("_left", "_partly", "_tags", "_texts")

    def __init__(self, pairs: Iterable[tuple[str, str]], unfold: Callable[[str, str], list[str]] | None = None) -> None:
        """`unfold` gives the values in one that goes over several lines."""
        stripped = [(tag, value) for tag, text in pairs if (value := text.strip())]
        parted = [(tag, part) for tag, value in stripped for part in (unfold(tag, value) if unfold and "\n" in value else (value,)) if part]
        self._fill([tag for tag, _ in parted], [text for _, text in parted])

    @classmethod
    def clean(cls, tags: Sequence[str], texts: Sequence[str]) -> Bag:
        """The bag of as many tags as texts, none of which has blanks around it, or line ends in it."""
        bag = cls.__new__(cls)
        if "" in texts:
            tags, texts = [tag for tag, text in zip(tags, texts, strict=True) if text], [text for text in texts if text]
        bag._fill(tags, texts)
        return bag

    def _fill(self, tags: Sequence[str], texts: Sequence[str]) -> None:
        self._tags, self._texts = tags, texts
        self._left: dict[str, list[str]] = {}  # what no field has claimed; never an empty list
        self._partly: set[str] = set()  # tags of which something is claimed and something left
        left = self._left
        for tag, text in zip(tags, texts, strict=True):
            if tag in left:
                left[tag].append(text)
            else:
                left[tag] = [text]

    def pairs(self) -> Iterator[tuple[str, str]]:
        """All that was put in, claimed or not."""
        return zip(self._tags, self._texts, strict=True)

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags that have a value left, in the order of their first values where nothing is claimed yet."""
        return tuple(self._left)

    def has(self, *tags: str) -> bool:
        """Whether any of the tags has a value left."""
        return not self._left.keys().isdisjoint(tags)

    def first(self, tag: str) -> str:
        """The tag's first value, or ""."""
        values = self._left.get(tag)
        if values is None:
            return ""
        if len(values) > 1:
            self.drop(values[0], tag)
        else:
            del self._left[tag]
        return values[0]

    def one(self, *tags: str) -> str:
        """The first value among the tags, in the order of the tags; the same words under another of them go too."""
        chosen = ""
        for tag in tags:
            if tag not in self._left:
                continue
            if chosen:
                self.drop(chosen, tag)
            else:
                chosen = self.first(tag)
        return chosen

    def ones(self, places: Iterable[Sequence[str]]) -> list[str]:
        """The value of `one` for each of the places."""
        left = self._left
        found = []
        for tags in places:
            if not tags:
                found.append("")
                continue
            values = left.get(tags[0]) if len(tags) == 1 else None
            if values is not None and len(values) == 1:  # as mostly
                found.append(values[0])
                del left[tags[0]]
            else:
                found.append(self.one(*tags))
        return found

    def peek(self, *tags: str) -> list[str]:
        """All values of the tags, left in the bag."""
        found: list[str] = []
        for tag in tags:
            if tag in self._left:
                found += self._left[tag]
        return found

    def drop(self, value: str, *tags: str) -> None:
        """Claim this very value wherever the tags hold it."""
        for tag in tags:
            values = self._left.get(tag)
            if values is None or value not in values:
                continue
            if len(values) > 1 and (others := [v for v in values if v != value]):
                self._left[tag] = others
                self._partly.add(tag)
            else:
                del self._left[tag]

    def sift(self, *but: str) -> list[tuple[str, str]]:
        """Claim what says that there is nothing under any tag but these, where it may be a title; what nobody ever wrote is not given back."""
        if EMPTY.isdisjoint(self._texts):  # as mostly
            return []
        found = [(tag, text) for tag, text in self.pairs() if text in EMPTY and tag not in but]
        for tag, text in found:
            self.drop(text, tag)
        return [pair for pair in found if pair[1] in WORDS]

    def each(self, tag: str) -> list[str]:
        """All the tag's values."""
        return self._left.pop(tag, None) or []

    def all(self, *tags: str) -> list[str]:
        """All values of the tags, in the order of the tags; what a later tag says again is left out."""
        found: list[str] = []
        for tag in tags:
            if tag in self._left:
                values = self._left.pop(tag)
                if found:
                    told = set(found)
                    values = [v for v in values if v not in told]
                found += values
        return found

    def rest(self, names: Mapping[str, str] = _AS_IT_CAME) -> list[tuple[str, str]]:
        """What nothing has claimed, in the order of the entry, under the tag or the name that stands for the tag."""
        left = self._left
        if not self._partly and sum(map(len, left.values())) == len(left):  # each tag once: as they stood in the entry
            return [(names.get(tag, tag), text) for tag, (text,) in left.items()]
        pairs = zip(self._tags, self._texts, strict=True)
        if not self._partly:
            return [(names[tag], text) if tag in names else (tag, text) for tag, text in pairs if tag in left]
        some = {tag: frozenset(left[tag]) for tag in self._partly if tag in left}
        return [(names.get(tag, tag), text) for tag, text in pairs if tag in left and (tag not in some or text in some[tag])]


Places = Mapping[str, tuple[str, ...]]  # field -> the tags that it may stand under


def places_of(wanted: Places) -> Callable[[tuple[str, ...]], Places]:
    """For the tags of an entry: those of them that each field may stand under, in the order wanted.

    The entries of one exporter have the same few sets of tags, and no other tag need be looked for in them.
    """

    @lru_cache(maxsize=1024)
    def places(tags: tuple[str, ...]) -> Places:
        return {field: tuple([tag for tag in among if tag in tags]) for field, among in wanted.items()}

    return places
