"""Recipes of swaks carry over: `ehlo send` with the same options says the same to the server, and has the same exit code.

Where it differs on purpose (one of two recipients refused) the difference is looked for. What is sent is also sent again
from the transcript, by `--replay`, and a script and a mail go through a socket in the file system.
"""

import os
import socket
import subprocess
import threading
from pathlib import Path

from ehlo import EHLO, expect, temporary

FOLDER = temporary("swaks")
TO = ["--to", "bob@example.org", "--from", "me@client.example"]


class Recorder:
    """Takes everything but mail for no@, and keeps the lines of each conversation; `QUIT` or `(gone)` is the last."""

    def __init__(self, door):
        self.door, self.heard, self.ended = door, [], threading.Semaphore(0)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.door.accept()
            threading.Thread(target=self.hold, args=(connection,), daemon=True).start()

    def hold(self, connection):
        lines = []
        try:
            with connection, connection.makefile("rwb") as file:
                self.talk(file, lines)
        except OSError:
            lines.append("(gone)")
        self.heard.append(lines)
        self.ended.release()

    def talk(self, file, lines):
        def say(text):
            file.write(text.encode() + b"\r\n")
            file.flush()

        say("220 mx.example.org ESMTP")
        lmtp, accepted = False, 0
        for line in file:
            text = line.decode().rstrip("\r\n")
            verb = text.split(" ")[0].upper()
            lines.append(text)
            if verb == "QUIT":
                say("221 2.0.0 Bye")
                return
            if verb in ("EHLO", "LHLO"):
                lmtp = verb == "LHLO"
                say("250-mx.example.org\r\n250 PIPELINING")
            elif verb == "DATA":
                say("354 Go ahead" if accepted else "554 5.5.1 Nobody")
                if accepted and not self.content(file, lines):
                    break
                for _ in range(accepted if lmtp else min(accepted, 1)):
                    say("250 2.0.0 Ok")
            elif verb == "RCPT" and "no@" in text:
                say("550 5.1.1 Unknown")
            else:
                accepted += verb == "RCPT"
                say("250 2.0.0 Ok")
        lines.append("(gone)")

    def content(self, file, lines):
        content = []
        for line in file:
            content.append(line.decode().rstrip("\r\n"))
            if content[-1] == ".":
                lines.append(content)
                return True
        return False

    def conversation(self):
        expect(self.ended.acquire(timeout=90), "nobody came, or the conversation did not end")
        return self.heard.pop()


def run(program, *words, stdin=""):
    done = subprocess.run([*program, *words], input=stdin, capture_output=True, text=True, timeout=180)
    return done.returncode, done.stdout + done.stderr


def commands(conversation):
    """Mails apart, and dates and ids with them."""
    return [line for line in conversation if isinstance(line, str)]


def mail(conversation):
    return next((line for line in conversation if isinstance(line, list)), [])


def compare(server, where, words, code=0, ours=None, has=(), stdin=""):
    """The same options to both; `has` are lines that both mails must have."""
    words = [*where, "--ehlo", "client.example", *words]
    theirs, shown = run(["swaks"], *words, stdin=stdin)
    expect(theirs == code, f"swaks {words}: exit {theirs} instead of {code}\n{shown}")
    wanted = server.conversation()
    exit_code, shown = run([EHLO, "send"], *words, stdin=stdin)
    expect(exit_code == (code if ours is None else ours), f"ehlo send {words}: exit {exit_code}\n{shown}")
    said = server.conversation()
    expect(
        commands(said) == commands(wanted),
        f"{words}\nswaks says     {commands(wanted)}\nehlo send says {commands(said)}\n{shown}",
    )
    for line in has:
        expect(line in mail(wanted), f"{words}: the mail of swaks has no {line!r}: {mail(wanted)}")
        expect(line in mail(said), f"{words}: the mail of ehlo send has no {line!r}: {mail(said)}")


def recipes(server, where):
    compare(server, where, [*TO, "--body", "Hello\\nBob"], has=["Hello", "Bob", "To: bob@example.org"])
    compare(
        server, where, ["-t", "bob@example.org", "-f", "<>", "--h-Subject", "figures", "-ah", "X-One: 1", "-n"],
        has=["Subject: figures", "X-One: 1"],
    )  # fmt: skip
    compare(server, where, [*TO, "--header", "Subject: other", "--h-From:", "Me <me@client.example>", "-ha"], has=["Subject: other"])
    whole = FOLDER / "whole.eml"
    whole.write_text("Subject: whole\n\n.dot\nend\n")
    compare(server, where, [*TO, "--data", f"@{whole}"], has=["Subject: whole", "..dot", "end"])
    compare(server, where, [*TO, "-g"], stdin=whole.read_text(), has=["Subject: whole", "end"])
    compare(server, where, [*TO, "--attach", f"@{whole}", "--attach-type", "text/plain", "--timeout", "20s"])
    compare(server, where, [*TO, "--protocol", "SMTP"])
    compare(server, where, [*TO, "--protocol", "LMTP"])
    compare(server, where, [*TO, "--to", "bob@example.org,zed@example.org"])
    compare(server, where, [*TO, "-tls"], code=29)
    compare(server, where, ["--to", "no@example.org", "--from", "me@client.example"], code=24)
    # The difference on purpose: somebody does not have the mail.
    compare(server, where, ["--to", "bob@example.org,no@example.org", "--from", "me@client.example"], code=0, ours=40)
    for point in ("CONNECT", "FIRST-HELO", "HELO", "TLS", "AUTH", "MAIL", "RCPT"):
        compare(server, where, [*TO, "--quit-after", point])
        compare(server, where, [*TO, "--drop-after", point])
    for point in ("DATA", "DOT"):
        compare(server, where, [*TO, "--da", point])
    for point in ("MAIL", "RCPT", "DATA"):
        compare(server, where, [*TO, "--das", point])


def again(server, where):
    transcript = FOLDER / "kept.txt"
    code, shown = run([EHLO, "send"], *TO, *where, "--pipeline", "--transcript", str(transcript))
    expect(code == 0, shown)
    first = server.conversation()
    code, shown = run([EHLO, "send"], "--replay", str(transcript))
    expect(code == 0 and "=== answered as in the transcript" in shown, f"--replay: exit {code}\n{shown}")
    expect(server.conversation() == first, f"--replay says something else than was said at first\n{shown}")


def through_a_socket():
    path = Path(FOLDER) / "lmtp"
    door = socket.socket(socket.AF_UNIX)
    door.bind(os.fspath(path))
    door.listen()
    server = Recorder(door)
    compare(server, ["--socket", str(path)], [*TO, "--protocol", "LMTP"])
    script = FOLDER / "it.smtp"
    script.write_text("S: 220 *\nC: LHLO client.example\nS: 250-*\nS: ...\nC: QUIT\nS: 221 *\n")
    code, shown = run([EHLO, "send"], "--script", str(script), "--socket", str(path))
    expect(code == 0 and "=== 1 as written" in shown, f"--script: exit {code}\n{shown}")
    expect(server.conversation() == ["LHLO client.example", "QUIT"], shown)


door = socket.create_server(("127.0.0.1", 0))
there = ["--server", f"127.0.0.1:{door.getsockname()[1]}"]
recorder = Recorder(door)
recipes(recorder, there)
again(recorder, there)
through_a_socket()
