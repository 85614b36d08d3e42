"""The command line."""

import sys


def main() -> None:
    sys.exit("meibo: no command yet")
