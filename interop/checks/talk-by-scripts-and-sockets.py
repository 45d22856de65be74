"""`ehlo talk` in a real terminal (tmux): a socket in the file system, scripts in the middle of a conversation, logins by SCRAM, the person's own editor, and the line at the bottom that says what is awaited."""

import re
import socket
import stat
import threading

from ehlo import EHLO, PASSWORD, Server, expect, temporary
from locks import Authority
from terminal import Terminal

folder = temporary("talk")
TALK = f"{EHLO} talk"
ENV = f"env XDG_STATE_HOME={folder} LANG=C.UTF-8"
SCRIPT = """\
S: 220 *
C: EHLO script.example
S: 250-*
S: ...
C: MAIL FROM:<ann@example.org>
S: 250 2.1.0 *
C: RCPT TO:<bob@example.org>
S: 250 2.1.0 as no server says it
C: DATA
S: 354 *
C: Subject: by a script
C: .
S: 250 2.0.0 *
"""


def talking(arguments, environment=""):
    terminal = Terminal(f"{ENV} {environment} {TALK} {arguments}", 250)  # so that no path breaks a line
    terminal.wait_for("^ [-~]>$")
    return terminal


def typed(terminal, *lines, marks="[-~]>"):
    for line in lines:
        terminal.wait_for(rf"^ +{marks}$")
        terminal.keys(line)
        terminal.enter()


authority = Authority("Example CA R3")
certificate, key = authority.issue("localhost")
settings = {"tls.certificate": certificate, "tls.key": key, "domains": "example.org", "policy.scram": "on"}

with Server(users=["bob@example.org"], settings=settings) as server:
    (folder / "a mail.smtp").write_text(SCRIPT)
    # Through a socket, a script, whose name Tab completes.
    with talking(f"--socket {server.data}/submit.sock") as terminal:
        terminal.keys(f"/script {folder}/a m")
        terminal.press("Tab")
        terminal.wait_for("/a mail.smtp$")
        terminal.enter()
        terminal.wait_for(r"^<-  250 2.0.0 Ok: queued as")
        terminal.wait_for(r"^\*\*\* .*/a mail.smtp:8: expected  250 2.1.0 as no server says it,  said  250 2.1.5")
        terminal.wait_for(r"^=== .*/a mail.smtp: otherwise \(status\)\n ->$")
        # The time that the server will wait runs, and what is being typed stays.
        terminal.keys("NO")
        clock = r"idle (\d+) s, the server waits (\d) min (\d+) s more"
        terminal.wait_for(clock)
        idle, minutes, seconds = map(int, re.search(clock, terminal.screen()).groups())
        expect(295 <= idle + 60 * minutes + seconds <= 305, f"not five minutes:\n{terminal.screen()}")
        terminal.wait_for("^ -> NO$")
        terminal.keys("OP")
        terminal.enter()
        terminal.wait_for("^ -> NOOP\n<-  250")
        print(terminal.screen())
        typed(terminal, "QUIT")
        terminal.wait_for("^=== closed after .*: 1 mail accepted, 1 recipient, 0 refused")

    # The best login behind TLS, and a mail that an editor has written.
    editor = folder / "editor"
    editor.write_text("#!/bin/sh\nprintf 'Subject: edited\\n\\nHello.\\n' >\"$2\"\n")
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    with talking(
        f"localhost:{server.submission} --ca {authority.file} --tls", f"EDITOR='{editor} --wait'"
    ) as terminal:
        typed(terminal, "/auth bob@example.org")
        terminal.wait_for("^password:")
        terminal.keys(PASSWORD)
        terminal.enter()
        terminal.wait_for(r"^ ~> AUTH SCRAM-SHA-256-PLUS.*\n<~  334 .*\n=== The server gives a salt")
        terminal.wait_for(r"^<~  235 2.7.0")
        typed(terminal, "MAIL FROM:<bob@example.org>", "RCPT TO:<bob@example.org>", "DATA")
        terminal.wait_for(r"^  \|$")
        terminal.press("C-e")
        terminal.wait_for(r"^  \| Subject: edited\n  \|\n  \| Hello.\n  \|$")
        typed(terminal, ".", marks=r"\|")
        terminal.wait_for("^<~  250 2.0.0 Ok: queued as")
        # Ctrl-R finds what was typed.
        terminal.wait_for("^ ~>$")
        terminal.press("C-r")
        terminal.keys("FROM")
        terminal.wait_for("MAIL FROM:<bob@example.org>$")
        terminal.enter()
        terminal.wait_for("^<~  250 2.1.0 .*\n(  #.*\n)* ~>$")
        print(terminal.screen())
        typed(terminal, "QUIT")
        terminal.wait_for("^=== closed after")
    expect(PASSWORD not in (folder / "ehlo/talk-history").read_text(), "the history has the password")

# A server that greets late: what is awaited is said meanwhile.
door = socket.create_server(("127.0.0.1", 0))


def greet():
    wire, _ = door.accept()
    seen.wait(120)
    wire.sendall(b"220 late.test ESMTP\r\n")
    wire.recv(100)
    wire.close()


seen = threading.Event()
threading.Thread(target=greet, daemon=True).start()
with Terminal(f"{ENV} {TALK} 127.0.0.1:{door.getsockname()[1]}", 110) as terminal:
    terminal.wait_for(r"waiting for the answer to the connection \(its greeting\)(, \d+ s)?  \(Ctrl-C gives up\)")
    expect("220 late" not in terminal.screen(), "the greeting was too early to see anything")
    seen.set()
    terminal.wait_for("^<-  220 late.test ESMTP")
    terminal.wait_for("^ ->$")
    print(terminal.screen())
