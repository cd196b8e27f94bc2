"""Renderings kept from run to run: what is known is not decoded again, and all is counted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from bilingual.cache import Cache
from bilingual.document import Decision, Outcome
from bilingual.engine.base import Engine
from bilingual.terminology import VERSION, Rendering, Request, plain, render

__all__ = ["NOTHING_RENDERED", "RenderCount", "render_all"]


@dataclass(frozen=True, slots=True)
class RenderCount:
    """What a call of ``Pipeline.render`` had to do."""

    segments: int
    """Asked for."""
    repeated: int
    """Equal to an earlier one of the same call, so done once."""
    cached: int
    """Found in the cache."""
    decoded: int
    """Decoded by the engine, each counted once however many passes it took."""
    decoded_pieces: int
    """Target pieces of the decoded segments, all passes."""

    def __add__(self, other: RenderCount) -> RenderCount:
        return RenderCount(
            self.segments + other.segments,
            self.repeated + other.repeated,
            self.cached + other.cached,
            self.decoded + other.decoded,
            self.decoded_pieces + other.decoded_pieces,
        )


NOTHING_RENDERED = RenderCount(0, 0, 0, 0, 0)


def render_all(
    requests: Sequence[Request], engine: Engine, *, ladder: bool, cache: Cache | None
) -> tuple[list[Rendering], RenderCount]:
    """English for each request, in order; equal ones are decoded once, cached ones never.

    ``ladder`` says whether a glossary is in force; without one the engine's words come as they
    are.
    """
    options = sorted(engine.options.as_mapping().items())
    made_by = [engine.name, engine.package.sha256, options, VERSION if ladder else "plain"]
    distinct = list(dict.fromkeys(requests))
    done: dict[Request, Rendering] = {}
    keys: dict[Request, str] = {}
    if cache is not None:
        keys = {r: _key(r, made_by) for r in distinct}
        stored = cache.get_many(list(keys.values()))
        for request, key in keys.items():
            if key in stored:
                rendering = _thaw(request, stored[key])
                if rendering is not None:
                    done[request] = rendering
    cached = len(done)
    missing = [r for r in distinct if r not in done]
    fresh = (render if ladder else plain)(missing, engine)
    done.update(zip(missing, fresh, strict=True))
    if cache is not None and missing:
        cache.put_many({keys[r]: _freeze(done[r]) for r in missing})
    count = RenderCount(
        segments=len(requests),
        repeated=len(requests) - len(distinct),
        cached=cached,
        decoded=sum(1 for r in fresh if r.decodes),
        decoded_pieces=sum(r.pieces for r in fresh),
    )
    return [done[r] for r in requests], count


def _key(request: Request, made_by: Sequence[object]) -> str:
    """What a rendering hangs on: who made it, the Arabic, and the glossary forms that apply."""
    forms = [
        [m.start, m.end, m.kind, m.target, m.accepted, m.approved, m.forbidden]
        for m in request.mentions
    ]
    payload = json.dumps([made_by, request.text, forms], ensure_ascii=True)
    return hashlib.sha256(payload.encode("ascii")).hexdigest()


def _freeze(rendering: Rendering) -> bytes:
    decisions = [[d.outcome, d.start, d.end, d.form] for d in rendering.decisions]
    return json.dumps([rendering.text, decisions], ensure_ascii=False).encode("utf-8")


def _thaw(request: Request, data: bytes) -> Rendering | None:
    """What was stored, or None when it cannot be what this request was answered with."""
    try:
        text, stored = json.loads(data)
        decisions = tuple(
            Decision(mention, Outcome(outcome), start, end, form)
            for mention, (outcome, start, end, form) in zip(request.mentions, stored, strict=True)
        )
    except (ValueError, TypeError):
        return None
    return Rendering(text, decisions, decodes=0)
