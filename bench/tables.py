"""The figures of a run: by row and by server, round after round, as a table of medians and ratios."""

import datetime
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from peers import ROOT

ROUNDS = int(os.environ.get("ROUNDS", "3"))
SCALE = float(os.environ.get("SCALE", "1"))
BEGAN = datetime.datetime.now(datetime.timezone.utc)
WORK = Path(tempfile.mkdtemp(prefix="run-", dir=ROOT / "target/bench"))
WORK.chmod(0o755)  # the peers have users of their own


def scaled(count):
    return max(20, int(count * SCALE))


def commit_of(checkout):
    """The commit that is checked out there."""
    named = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=checkout, capture_output=True, text=True, check=True)
    return named.stdout.strip()


class Table:
    """Figures by row and by server; a cell shows the median and the range, and what part of the limit it is."""

    def __init__(self, title, servers, note="", limit=None):
        self.title, self.servers, self.note, self.limit = title, servers, note, limit
        self.figures = defaultdict(lambda: defaultdict(list))

    def add(self, row, server, figure):
        self.figures[row][server].append(figure)
        print(f"  {row}: {server} {figure:,.4g}", file=sys.stderr, flush=True)

    def median(self, row, server):
        figures = self.figures[row][server]
        return statistics.median(figures) if figures else None

    def cell(self, row, server):
        figures = self.figures[row][server]
        if not figures:
            return "-"
        low, middle, high = (number(f) for f in (min(figures), statistics.median(figures), max(figures)))
        return f"**{middle}** ({low} - {high})" if len(figures) > 1 else f"**{middle}**"

    def markdown(self, ratios=()):
        """`ratios`: heading, servers compared, e.g. ("of the limit", "Ehlo", "smtp-sink")."""
        heads = ["", *self.servers, *(heading for heading, _, _ in ratios)]
        lines = [f"## {self.title}", "", self.note, "", "| " + " | ".join(heads) + " |"]
        lines.append("|" + "---|" * len(heads))
        for row in self.figures:
            cells = [self.cell(row, server) for server in self.servers]
            for _, one, other in ratios:
                a, b = self.median(row, one), self.median(row, other)
                cells.append(f"{a / b:.2f}" if a is not None and b else "-")
            lines.append("| " + " | ".join([row, *cells]) + " |")
        return "\n".join(lines) + "\n"


def number(figure):
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.1f}" if figure >= 1 else f"{figure:.2f}"


def turns(one_round):
    """Round 0 warms up and is not counted."""
    for round_number in range(ROUNDS + 1):
        print(f" round {round_number} of {ROUNDS}", file=sys.stderr, flush=True)
        for name, figures in one_round():
            if round_number:
                yield name, figures


def folder(name):
    made = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=WORK))
    made.chmod(0o755)
    return made
