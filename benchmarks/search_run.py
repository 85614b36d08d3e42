"""One town measured, in a process of its own; prints JSON. Run by bench_search.py."""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.common import database


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("size", type=int)
    for option in ("postgres", "history", "eras", "recall"):
        parser.add_argument(f"--{option}", action="store_true")
    given = parser.parse_args()
    with database(postgres=given.postgres):
        # Only now: models cannot be imported before Django is set up.
        from benchmarks import search_measure

        json.dump(search_measure.measure(given), sys.stdout)


if __name__ == "__main__":
    main()
