"""Newspaper mess, for the Arabic side of training pairs: what desks and converters really print.

Alef and yeh variants, tatweel, marks and quotation marks need no noise: the tokenizer's own
normalisation folds them.
"""

from __future__ import annotations

import random
import re

_TEH = re.compile('ة(?=$|[\\s.,،؛:!؟"»)])')
_WAW = re.compile(r"(?<=\s)و(?=ال\w{3})")


def mess(arabic: str, rng: random.Random, rate: float = 0.12) -> str:
    """With probability ``rate`` one or two faults, else the text unchanged."""
    if rng.random() >= rate:
        return arabic
    for _ in range(rng.choice([1, 1, 2])):
        fault = rng.randrange(8)
        if fault == 0:
            arabic = _TEH.sub("ه", arabic)
        elif fault == 1:
            arabic = re.sub(r"([،,])\s+", r"\1", arabic)
        elif fault == 2:
            arabic = re.sub(r"([.،:])(?=\s|$)", r" \1", arabic)
        elif fault == 3:
            arabic = _WAW.sub("و ", arabic, count=1)
        elif fault == 4:
            arabic = arabic.rstrip(".") + rng.choice(["..", "", "...", " ."])
        elif fault == 5:
            arabic = re.sub(r"(\w) (\w+)$", r"\1  \2", arabic)
        elif fault == 6:
            arabic = (
                arabic.replace("ئ", "ء", 1) if rng.random() < 0.5 else arabic.replace("ؤ", "و", 1)
            )
        else:
            arabic = f"- {arabic}" if rng.random() < 0.5 else f"{arabic} "
    return arabic
