"""`ehlo send`, `check`, `explain` and help look right everywhere: with and without colour, in a pipe, on a dumb and on a
narrow terminal, in UTF-8 and in ASCII, and when a server or a mail sends what would do something to a terminal.

Of `ehlo talk` the same is seen by talk-in-every-terminal.
"""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from concurrent.futures import ThreadPoolExecutor

from ehlo import EHLO, expect, temporary
from taker import Answers, Taker

HOSTILE = "\x1b[2J\x1b]0;title\x07\x9b31m"
FOLDER = temporary("looks")
PLAIN = {"PATH": os.environ["PATH"], "HOME": str(FOLDER), "TERM": "xterm-256color", "LANG": "C.UTF-8"}


class Refusing(Answers):
    def rcpt(self, transaction, recipient):
        return "250 2.1.5 Ok" if "bob" in recipient else f"550 5.1.1 No Jürgen here {HOSTILE} " + "and more words " * 9


taker = Taker(answers=Refusing())
mail = FOLDER / "mail.eml"
mail.write_bytes(
    "Received: from client.example ([192.0.2.7]) by mx.example.org with ESMTP id 4XyZ9; Sun, 22 Nov 2026 10:00:00 +0000\r\n"
    f"From: Jürgen {HOSTILE} <a@example.net>\r\nTo: bob@example.org\r\nSubject: grüße {HOSTILE}\r\n\r\nHello.\r\n".encode()
)
COMMANDS = {
    "send": (40, f"send --server 127.0.0.1 --port {taker.port} --from a@example.net --to bob@example.org,zed@example.org"
                 " --body hello --header Subject:x".split()),
    "check": (None, ["check", "--all", "--from-mail", str(mail)]),
    "explain": (0, "explain 550 5.7.1 STARTTLS".split()),
    "help": (0, "send --help".split()),
}
COLOURED = ("send", "check")  # the others have nothing to tell apart by it


def piped(command, *options, **environment):
    """Exit code, standard output and standard error, as octets."""
    code, words = COMMANDS[command]
    done = subprocess.run([EHLO, *words, *options], env=PLAIN | environment, capture_output=True, timeout=180)
    expect(code in (None, done.returncode), f"{command} {options} {environment}: {done.returncode} {done.stderr}")
    return done.stdout, done.stderr


def seen(command, *options, columns=100, **environment):
    """What a terminal of that width is told, as octets."""
    is_wide, widen = os.pipe()
    pid, terminal = pty.fork()
    if pid == 0:
        os.read(is_wide, 1)  # the window has its size
        os.execve(EHLO, [str(EHLO), *COMMANDS[command][1], *options], PLAIN | environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    os.write(widen, b"x")
    os.close(is_wide)
    os.close(widen)
    told = b""
    try:
        while part := os.read(terminal, 65536):
            told += part
    except OSError:  # its other side is closed
        pass
    os.waitpid(pid, 0)
    os.close(terminal)
    return told


def text(octets):
    return re.sub(r"\x1b\[[0-9;]*m", "", octets.decode()).replace("\r\n", "\n")


def coloured(octets):
    return bool(re.search(rb"\x1b\[[0-9;]+m", octets))


def harmless(octets, what):
    rest = re.sub(rb"\x1b\[[0-9;]*m", b"", octets)
    for bad in (b"\x1b", b"\x07", b"\xc2\x9b", b"\x9b" if b"\xc2" not in rest else b"\x1b"):
        expect(bad not in rest, f"{what}: {bad!r} reaches the terminal:\n{rest!r}")


def everywhere(command):
    first, error = piped(command)
    for octets in (first, error):
        expect(b"\x1b" not in octets, f"{command}: an escape sequence in a pipe:\n{octets!r}")
    harmless(first + error, f"{command} in a pipe")

    # Colour, by what is said of it, in its order.
    wanted = command in COLOURED
    for options, environment, is_there in (
        ((), {}, wanted),
        ((), {"NO_COLOR": "1"}, False),
        ((), {"NO_COLOR": ""}, wanted),
        ((), {"TERM": "dumb"}, False),
        (("--no-color",), {"CLICOLOR_FORCE": "1"}, False),
        (("--color=never",), {"CLICOLOR_FORCE": "1"}, False),
        (("--color=always",), {"NO_COLOR": "1"}, wanted),
    ):
        told = seen(command, *options, **environment)
        expect(coloured(told) == is_there, f"{command} {options} {environment}: colour, or none:\n{told!r}")
        harmless(told, f"{command} {options} {environment}")
    if wanted:
        for options, environment in ((("--color=always",), {}), ((), {"CLICOLOR_FORCE": "1"})):
            expect(coloured(piped(command, *options, **environment)[0]), f"{command} {options} {environment}: no colour")

    # The same words, whatever the width; what is ours never runs over the edge.
    words = lambda octets: re.sub(r"(?m)^ *(#|===|\*\*\*) ", " ", text(octets)).split()
    fixed = r"^( -> |<-  |<\*\* |  \| |[A-Z][a-z-]+: )"  # what the server and the mail say stays as it is
    for columns in (60, 40):
        told = seen(command, columns=columns)
        if command != "help":  # its own layout is for eighty columns
            long = [line for line in text(told).splitlines() if len(line) > columns and not re.match(fixed, line)]
            unbroken = [line for line in long if " " in line.strip(" #=*").strip()]
            expect(not unbroken, f"{command} in {columns} columns:\n" + "\n".join(unbroken))

    # ASCII where nothing else can be shown.
    for octets in piped(command, LANG="C", LC_ALL="C"):
        expect(octets.isascii(), f"{command}: not ASCII where the locale is:\n{octets!r}")
    if command == "send":
        expect("Jürgen" in first.decode(), f"what a server says in UTF-8 is not shown:\n{first.decode()}")
    expect(words(first), f"{command} says nothing")


with ThreadPoolExecutor(2) as two:
    for outcome in [two.submit(everywhere, command) for command in COMMANDS]:
        outcome.result()
taker.close()
print(f"figure: {len(COMMANDS)} commands")
