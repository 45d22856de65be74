"""What a terminal shows, as an SVG: real text, in the terminal's own cells and colours."""

import re
from html import escape

CELL, LINE, MARGIN = 7.8, 17, 14
SGR = re.compile(r"(\x1b\[[0-9;]*m)")
FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"
# On light ground each of them has a contrast of 4.5 to 1 or more (WCAG 2 AA).
COLOURS = {31: "#b3261e", 32: "#1a7f37", 33: "#8a6100", 34: "#0b57d0", 35: "#8250df", 36: "#0b6e80"}
INK, PALE, GROUND, EDGE = "#24292f", "#5f6872", "#fcfcfa", "#d0d7de"


class Style:
    """What SGR (ECMA-48 §8.3.117) has set, as the class names of a run of text."""

    def __init__(self):
        self.on = set()

    def obey(self, numbers):
        for number in [int(n or 0) for n in numbers.split(";")]:
            if number == 0:
                self.on.clear()
            elif number in (1, 2, 7):
                self.on.add({1: "b", 2: "d", 7: "r"}[number])
            elif number == 22:
                self.on -= {"b", "d"}
            elif number == 27:
                self.on.discard("r")
            elif number == 39 or number in COLOURS:
                self.on = {name for name in self.on if not name.startswith("c")}
                if number != 39:
                    self.on.add(f"c{number}")
            elif number not in (49, 24):
                raise ValueError(f"a look that pictures do not know: SGR {numbers}")

    def __str__(self):
        return " ".join(sorted(self.on))


def runs(line, style):
    """Each stretch of one look, with the column where it begins."""
    column = 0
    for part in SGR.split(line):
        if part.startswith("\x1b["):
            style.obey(part[2:-1])
        elif "\x1b" in part:
            raise ValueError(f"something that is no colour: {part!r}")
        elif part:
            yield column, str(style), part
            column += len(part)


def svg(screen, columns, title):
    """`screen`: lines with colours as `tmux capture-pane -e` has them."""
    lines, style, used = screen.split("\n"), Style(), set()
    while not SGR.sub("", lines[-1]).strip():
        lines.pop()
    width, height = round(columns * CELL + 2 * MARGIN), len(lines) * LINE + 2 * MARGIN
    body = []
    for row, line in enumerate(lines):
        y = MARGIN + row * LINE + 12
        spans = []
        for column, look, text in runs(line, style):
            if "r" not in look:
                lead = len(text) - len(text.lstrip(" "))
                column, text = column + lead, text.strip(" ")
            if not text:
                continue
            used |= set(look.split())
            x = f"{MARGIN + column * CELL:g}"
            as_wide = f' textLength="{len(text) * CELL:g}"' if len(text) > 1 else ""
            spans.append(f'<tspan x="{x}"{as_wide}{f" class={chr(34)}{look}{chr(34)}" if look else ""}>{escape(text, False)}</tspan>')
        if spans:
            body.append(f'<text y="{y}">{"".join(spans)}</text>')
    rules = {"b": "font-weight:bold", "d": f"fill:{PALE}"} | {f"c{n}": f"fill:{c}" for n, c in COLOURS.items()}
    looks = "".join(f".{name}{{{rule}}}" for name, rule in rules.items() if name in used)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" xml:space="preserve">\n'
        f"<title>{escape(title)}</title>\n"
        f"<style>text{{font:13px {FONT};fill:{INK}}}{looks}</style>\n"
        f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="6" fill="{GROUND}" stroke="{EDGE}"/>\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )
