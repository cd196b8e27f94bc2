"""``python -m starter STEP``: one step of the recipe; ``all`` runs what is missing."""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from .heldout import HeldOut
from .manifest import load_manifest, unlisted
from .mixture import Mixture

HERE = Path(__file__).resolve().parents[1]
STEPS = ("samples", "tokenizer", "align", "train", "export", "evaluate", "package", "all")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m starter", description=__doc__)
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("--data", type=Path, required=True, help="folder of third-party text")
    parser.add_argument(
        "--held-out", type=Path, nargs="+", required=True, help="folders of test text"
    )
    parser.add_argument(
        "--work", type=Path, default=HERE / "work", help="where everything is written"
    )
    parser.add_argument("--corpus", type=Path, default=HERE / "corpus")
    parser.add_argument("--manifest", type=Path, default=HERE / "manifest.toml")
    parser.add_argument("--vocabulary", type=int, default=8000)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--encoder-layers", type=int, default=6)
    parser.add_argument("--decoder-layers", type=int, default=2)
    parser.add_argument("--tokens", type=float, default=60e6, help="budget in target tokens")
    parser.add_argument("--minutes", type=float, default=1e9, help="budget in minutes")
    parser.add_argument("--batch-tokens", type=int, default=4800)
    parser.add_argument("--rate", type=float, default=8e-4)
    parser.add_argument("--hold", type=float, default=0.4)
    parser.add_argument("--guided", type=float, default=0.05)
    parser.add_argument("--warmup", type=int, default=200)
    parser.add_argument(
        "--worker", default="", help="name of this worker, where several train together"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--weights", choices=("average", "masters"), default="average")
    parser.add_argument("--version", default="0.2")
    parser.add_argument("--count", type=int, default=10, help="samples of each construction")
    return parser.parse_args()


def mixture(args: argparse.Namespace) -> Mixture:
    """Read all sources, refusing what stands in the held-out texts."""
    sources = load_manifest(args.manifest)
    for name in unlisted(args.data, sources):
        print(f"{name}: not in the manifest, not read")
    held_out = HeldOut.from_folders(args.held_out)
    return Mixture(sources, args.data, args.corpus, held_out, args.seed)


def main() -> None:
    """Run one step."""
    args = arguments()
    args.work.mkdir(parents=True, exist_ok=True)
    steps = {
        "samples": samples, "tokenizer": tokenizer_step, "align": align_step, "train": train_step,
        "export": export_step, "evaluate": evaluate_step, "package": package_step,
    }  # fmt: skip
    if args.step != "all":
        steps[args.step](args)
        return
    if not (args.work / "spm.model").exists():
        tokenizer_step(args)
    if not (args.work / "lexical.npz").exists():
        align_step(args)
    for name in ("train", "export", "evaluate", "package"):
        steps[name](args)


def samples(args: argparse.Namespace) -> None:
    """Print composed sentences of each construction, to be read before training on them."""
    from .grammar import Grammar
    from .lexicon import read_lexicon
    from .templates import Templates

    lexicon, rng = read_lexicon(args.corpus), random.Random(args.seed)
    grammar, templates = Grammar(lexicon, rng), Templates(lexicon, rng)
    for name in grammar.constructions:
        print(f"## {name}")
        for _ in range(args.count):
            print(" ||| ".join(grammar.sample(name)))
    print("## templates")
    for _ in range(args.count):
        print(" ||| ".join(templates.sample()))


def tokenizer_step(args: argparse.Namespace) -> None:
    """Train the SentencePiece model on one epoch."""
    from . import tokenizer

    print(tokenizer.train(mixture(args).epoch(), args.work, args.vocabulary))


def align_step(args: argparse.Namespace) -> None:
    """Estimate the lexical table on the short pairs of one epoch."""
    from . import tokenizer
    from .align import ibm1

    sp = tokenizer.load(args.work / "spm.model")
    pairs = [p for p in mixture(args).epoch() if len(p[0].split()) <= 25][:120_000]
    sources, targets = sp.encode([a for a, _ in pairs]), sp.encode([e for _, e in pairs])
    table = ibm1(sources, targets, sp.get_piece_size())
    table.save(args.work / "lexical.npz")
    print(f"{len(table.source)} links")


def train_step(args: argparse.Namespace) -> None:
    """Train, or resume, until the budget is spent."""
    from . import tokenizer
    from .align import LexicalTable
    from .model import ModelConfig
    from .peers import Peers
    from .train import TrainConfig, run

    sp = tokenizer.load(args.work / "spm.model")
    source = mixture(args)

    def epochs() -> Iterator[list[tuple[str, str]]]:
        while True:
            yield source.epoch()

    shape = ModelConfig(sp.get_piece_size(), args.width, args.encoder_layers, args.decoder_layers)
    config = TrainConfig(
        tokens=args.tokens, minutes=args.minutes, batch_tokens=args.batch_tokens, rate=args.rate,
        hold=args.hold, guided=args.guided, seed=args.seed, warmup=args.warmup,
    )  # fmt: skip
    table = LexicalTable.load(args.work / "lexical.npz")
    mark = f"-{args.worker}" if args.worker else ""
    log = (args.work / f"train{mark}.log").open("a", encoding="utf-8", buffering=1)
    peers = Peers(args.work / "peers", args.worker) if args.worker else None
    checkpoint = args.work / f"checkpoint{mark}.pt"
    run(epochs(), sp, checkpoint, shape, config, table, lambda m: print(m, file=log), peers)


def export_step(args: argparse.Namespace) -> None:
    """Write the CTranslate2 folder."""
    from . import tokenizer
    from .export import averaged_weights, export

    sp = tokenizer.load(args.work / "spm.model")
    shape, weights = averaged_weights(sorted(args.work.glob("checkpoint*.pt")), args.weights)
    export(shape, weights, sp, args.work / "model")


def evaluate_step(args: argparse.Namespace) -> None:
    """Score the test sets and write ``evaluation.json``."""
    from .evaluate import evaluate_model
    from .export import trained_tokens

    tokens = trained_tokens(sorted(args.work.glob("checkpoint*.pt")))
    out = args.work / "evaluation.json"
    evaluate_model(args.work / "model", args.work / "spm.model", args.held_out, out, tokens)


def package_step(args: argparse.Namespace) -> None:
    """Write the ``.argosmodel``."""
    from .package import write_package

    print(
        write_package(
            args.work / "model", args.work / "spm.model", args.work / "evaluation.json",
            load_manifest(args.manifest), args.version, args.work,
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
