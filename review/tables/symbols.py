"""A symbol for each tone of a judgement, so that nothing is told by colour alone."""

from __future__ import annotations

from collections.abc import Mapping

# As robvis draws them: plus, minus, cross, exclamation mark, question mark (McGuinness & Higgins, Res Synth Methods 2021;12:55-61).
SYMBOL: Mapping[str, str] = {"good": "+", "some": "−", "bad": "×", "worst": "!", "unknown": "?"}
