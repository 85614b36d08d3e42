"""Findings of the intake: precision and recall, on the sample answers and on injected defects.

    MEIBO_SHARED=/path/to/shared python benchmarks/bench_findings.py [--seeds 10] [--most 60]

Each seed spoils a copy of package A with defects of many kinds (tests/defects), no two of them
about one person, and has it checked. A defect is found where a finding names its file, row and
column; a finding is false where it has to do with no defect and was not told of the package before.
"""

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.common import database, table  # noqa: E402  # the path is set above
from meibo.domain.findings import Finding  # noqa: E402  # so here

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Tokyo"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=list(range(10)))
    parser.add_argument("--most", type=int, default=60, help="defects in one package")
    given = parser.parse_args()
    feeds = Path(os.environ.get("MEIBO_SHARED", ROOT.parent / "shared")) / "feeds"
    if not feeds.is_dir():
        print("the sample material is not here: set MEIBO_SHARED")
        return
    with database():
        _sample(feeds)
        _injected(feeds, given.seeds, given.most)


def _findings(folder: Path) -> Sequence[Finding]:
    from meibo.apps.personnel.actions import intake  # Django must be set up first

    definition = ROOT / "town" / "feeds" / "package-a.toml"
    return intake.check(definition, folder, now=NOW, books_exist=False).findings


def _sample(feeds: Path) -> None:
    """The sample's own list of what is wrong, and of what only looks so."""
    expected = json.loads((feeds / "expected_sample.json").read_text(encoding="utf-8"))
    told = {(f.file, f.record, f.column) for f in _findings(feeds)}
    wrong = [d for d in expected["dirt"] if d["action"] != "accept"]
    right = [d for d in expected["dirt"] if d["action"] == "accept"]
    hits = sum((d["file"], d["record"], d["field"] or "") in told for d in wrong)
    false = sum((d["file"], d["record"], d["field"] or "") in told for d in right)
    rows = [
        ["expected_sample.json", len(wrong), hits, false, hits / len(wrong), _share(hits, false)]
    ]
    head = ["", "defects", "found", "false", "recall", "precision"]
    table("Findings on the sample", head, rows)


def _share(true: int, false: int) -> float:
    return true / (true + false) if true + false else 1.0


def _injected(feeds: Path, seeds: list[int], most: int) -> None:
    from tests.defects.judging import judge, spoil  # Django must be set up first

    baseline = _findings(feeds)
    rows: list[list[object]] = []
    missed: Counter[str] = Counter()
    false: Counter[tuple[str, str, str]] = Counter()
    for seed in seeds:
        with tempfile.TemporaryDirectory() as home:
            injected = spoil(feeds, Path(home), seed, baseline, most)
            told = judge(injected, baseline, _findings(Path(home)))
        missed.update(one.kind for one in told.missed)
        false.update((f.file, f.column, f.code) for f in told.false)
        rows.append(
            [seed, len(injected), len(told.found), len(told.false), told.recall, told.precision]
        )
    table(
        "Findings on injected defects",
        ["seed", "defects", "found in their place", "false", "recall", "precision"],
        rows,
    )
    if missed:
        table("Not found", ["kind", "times"], [list(pair) for pair in missed.most_common()])
    if false:
        head = ["file", "column", "code", "times"]
        table("Told without a defect", head, [[*k, n] for k, n in false.most_common()])


if __name__ == "__main__":
    main()
