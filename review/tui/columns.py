"""Two records side by side: one line where they agree, two columns where they don't."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.text import Text

from review.dedup.differing import SHOWN, marked, rows
from review.dedup.pieces import TOKEN, Piece
from review.model.patterns import lazy
from review.model.record import Record
from review.tui.parts import harmless

# A sign for each field, so that nothing hangs on colour.
_SIGNS = {"differ": ("≠", "bold"), "close": ("~", ""), "missing": ("·", ""), "agree": ("=", "dim")}
_DIFFERENT = "bold #e69f00"  # and in ‹›: see parts
_LABEL = 11  # cells before the columns
_RIGHT_TO_LEFT = lazy(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_CLOSING = lazy(r"[^\w\s‹(\[{（【「『《]")
_Token = tuple[str, bool, int]  # a word or a space, whether the other record lacks it, the number of its piece
_MARK = "\u200e"  # keeps a terminal that turns such text from turning both columns together


def beside(a: Record, b: Record, levels: Mapping[str, str], width: int, *, whole: bool = False) -> Iterator[Text]:
    """The lines of both records in `width` cells. levels, whole: see `rows`."""
    room = (width - _LABEL - 3) // 2
    for row in rows(a, b, levels, whole=whole):
        sign, style = _SIGNS[row.sign]
        label = f"{sign} {SHOWN.get(row.name, row.name)}"
        if row.same:
            yield from _rows(label, style, [_column(row.a, width - _LABEL, "dim" if row.name != "title" else "")])
        else:
            yield from _rows(label, style, [_column(row.a, room), _column(row.b, room)], room)


def heads(left: str, right: str, width: int) -> Iterator[Text]:
    """What stands above the columns."""
    room = (width - _LABEL - 3) // 2
    yield from _rows("", "", [_column([Piece(text, False)], room, "bold") for text in (left, right)], room)


def _column(pieces: Sequence[Piece], width: int, style: str = "") -> list[Text]:
    """The pieces in lines of at most `width` cells; what the other lacks between ‹ ›, and coloured."""
    lines = [Text()]
    tokens: list[_Token] = [(token, piece.differs, n) for n, piece in enumerate(pieces) for token in TOKEN.findall(harmless(marked(piece)))]
    for at, (token, differs, _) in enumerate(tokens):
        if token.isspace():
            if lines[-1].plain and lines[-1].cell_len < width:
                lines[-1].append(" ")
            continue
        glued = at > 0 and _glued(tokens[at - 1], tokens[at])
        if lines[-1].plain and not glued and lines[-1].cell_len + _length(tokens, at) > width:
            lines.append(Text())
        for n, chunk in enumerate(_chopped(token, width - lines[-1].cell_len, width)):
            if n:
                lines.append(Text())
            lines[-1].append(chunk, style=_DIFFERENT if differs else style)
    for line in lines:
        line.rstrip()
    return lines


def _glued(before: _Token, token: _Token) -> bool:
    """What follows without a space, in a piece of its own or as punctuation, belongs to the word: it is not parted from it."""
    return not before[0].isspace() and not token[0].isspace() and (before[2] != token[2] or bool(_CLOSING.match(token[0])))


def _length(tokens: Sequence[_Token], at: int) -> int:
    """The cells of a word from one of its tokens on."""
    end = next((n for n in range(at + 1, len(tokens)) if not _glued(tokens[n - 1], tokens[n])), len(tokens))
    return sum(cell_len(token) for token, _, _ in tokens[at:end])


def _chopped(token: str, room: int, width: int) -> list[str]:
    """A word in as many parts as it needs: the first in the cells that are left of a line, the others in lines of their own."""
    if cell_len(token) <= room:
        return [token]
    first = chop_cells(token, room)[0] if room > 0 else ""
    return [first, *chop_cells(token[len(first) :], width)]


def _rows(label: str, style: str, columns: Sequence[Sequence[Text]], room: int = 0) -> Iterator[Text]:
    """The columns under each other's lines, with the label before the first."""
    for n in range(max(map(len, columns))):
        line = Text.assemble((set_cell_size(label if n == 0 else "", _LABEL), style if n == 0 else ""))
        for m, column in enumerate(columns):
            cell = column[n] if n < len(column) else Text()
            mark = _MARK if _RIGHT_TO_LEFT.search(cell.plain) else ""
            if m:
                line.append(" │ ", style="dim")
            line.append_text(cell)
            line.append(mark)
            if m + 1 < len(columns):
                line.append(" " * (room - cell.cell_len))
        line.append("\n")
        yield line
