"""Local SGD between workers that share nothing but a folder.

On a machine whose cores others use too, one process with a thread a core waits at every operation
for its slowest thread. Instead each worker trains alone on one core and now and then moves its
weights to the mean of its own and the others' last published ones (Stich 2019), never waiting.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor


class Peers:
    """The exchange folder of a run; every worker has a name of its own."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self.seen: dict[Path, float] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def exchange(self, weights: list[Tensor]) -> int:
        """Publish ``weights``, then average them in place with others' news; returns how many."""
        mine = self.folder / f"{self.name}.peer"
        beside = mine.with_suffix(".part")
        torch.save(weights, beside)
        beside.replace(mine)
        fresh: list[list[Tensor]] = []
        for path in sorted(self.folder.glob("*.peer")):
            if path == mine:
                continue
            changed = path.stat().st_mtime
            if self.seen.get(path) == changed:
                continue
            self.seen[path] = changed
            fresh.append(torch.load(path, map_location=weights[0].device, weights_only=True))
        for count, other in enumerate(fresh, start=2):
            torch._foreach_lerp_(weights, other, 1 / count)
        return len(fresh)
