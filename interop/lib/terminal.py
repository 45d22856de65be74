"""A person at a terminal: a program in tmux, typed at key by key, with the screen as the answer."""

import itertools
import os
import re
import subprocess
import termios
import time

from ehlo import Failed

NUMBER = itertools.count()


class Terminal:
    def __init__(self, command, columns=200, rows=50):
        self.socket = f"ehlo-interop-{os.getpid()}-{next(NUMBER)}"
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), "sh")
        self._tmux("set", "-g", "remain-on-exit", "on")
        self._tmux("set", "-g", "history-limit", "20000")
        self._tmux("respawn-window", "-k", command)
        self.replies = 0

    def _tmux(self, *arguments):
        done = subprocess.run(["tmux", "-u", "-L", self.socket, *arguments], capture_output=True, text=True)
        if done.returncode:
            raise Failed(f"tmux {arguments[0]}: {done.stderr}")
        return done.stdout

    def keys(self, text, one_at_a_time=False):
        """Types; `<0x08>` is Ctrl-H and `<0x7f>` the Backspace key."""
        for part in re.split("(<0x08>|<0x7f>)", text):
            if part == "<0x08>":
                self._tmux("send-keys", "C-h")
            elif part == "<0x7f>":
                self._tmux("send-keys", "BSpace")
            elif one_at_a_time:
                for letter in part:
                    self._tmux("send-keys", "-l", letter if letter != ";" else "\\;")
            elif part:
                self._tmux("send-keys", "-l", part)

    def enter(self):
        self._tmux("send-keys", "Enter")

    def press(self, key):
        self._tmux("send-keys", key)

    def paste(self, text):
        """Pastes as a terminal does: at once, and bracketed where the program has asked for that."""
        subprocess.run(["tmux", "-L", self.socket, "load-buffer", "-"], input=text, text=True, check=True)
        self._tmux("paste-buffer", "-p", "-r")

    def mode(self):
        """How the program has set the terminal: whether it reads whole lines, and what ends one beside Enter."""
        name = self._tmux("display-message", "-p", "#{pane_tty}").strip()
        descriptor = os.open(name, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
        try:
            attributes = termios.tcgetattr(descriptor)
        finally:
            os.close(descriptor)
        return bool(attributes[3] & termios.ICANON), attributes[6][termios.VEOL]

    def resize(self, columns, rows):
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def screen(self):
        """What is and was to be seen, without the spaces behind it."""
        shown = self._tmux("capture-pane", "-p", "-J", "-S", "-")
        return "\n".join(line.rstrip() for line in shown.split("\n")).rstrip()

    def painted(self):
        """The same with its colours, as escape sequences."""
        return self._tmux("capture-pane", "-p", "-e", "-J", "-S", "-")

    def coloured(self):
        """The same with its colours, as SGR sequences, and every line as wide as the terminal has it."""
        return self._tmux("capture-pane", "-p", "-e", "-S", "-").rstrip()

    def wait_for(self, pattern, seconds=90):
        """Waits until the screen shows the pattern."""
        deadline = time.monotonic() + seconds
        while not re.search(pattern, self.screen(), re.M):
            if time.monotonic() > deadline:
                raise Failed(f"the terminal does not show {pattern!r}:\n{self.screen()}")
            time.sleep(0.03)

    def wait_for_end(self, seconds=90):
        """Waits until the program has ended."""
        deadline = time.monotonic() + seconds
        while self._tmux("display-message", "-p", "#{pane_dead}").strip() != "1":
            if time.monotonic() > deadline:
                raise Failed(f"the program does not end:\n{self.screen()}")
            time.sleep(0.1)

    def reply(self, code, seconds=90):
        """Waits for the next reply of the server, which must have this code; returns its last line."""
        deadline = time.monotonic() + seconds
        while True:
            seen = re.findall(r"^[2-5][0-9][0-9] .*$", self.screen(), re.M)
            if len(seen) > self.replies:
                break
            if time.monotonic() > deadline:
                raise Failed(f"no reply within {seconds} s:\n{self.screen()}")
            time.sleep(0.03)
        line = seen[self.replies]
        self.replies += 1
        if not line.startswith(str(code)):
            raise Failed(f"expected {code}, was answered {line!r}:\n{self.screen()}")
        return line

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is not None:
            try:
                print(f"--- the terminal\n{self.screen()}")
            except Failed:
                pass
        subprocess.run(["tmux", "-L", self.socket, "kill-server"], capture_output=True)
