"""`ehlo talk` behind TLS and inside a mail, in a real terminal: every key, every order, narrow, without UTF-8, without colour.

What `talk-in-a-terminal` shows in the clear is done here inside TLS (with an expired certificate) and inside DATA; then come
terminals of 60 and of 40 columns, LANG=C, TERM=dumb, the words about colour, and a pipe.
"""

import base64
import re
import subprocess
import threading
import time
import world

from ehlo import ehlo, expect, temporary
from talking import TALK, Person, Scripted, expired, typed

SECRET = "pass-word-of-nobody"
ADDRESS, NAME = "45.45.1.25", "mail.example.org"  # not of this machine alone: there a password needs no protection
world.enter()
world.host(ADDRESS)
folder = temporary("every")
(folder / "hosts").write_text(f"{ADDRESS} {NAME}\n127.0.0.1 localhost\n")
world.run("mount", "--bind", folder / "hosts", "/etc/hosts")
person = Person()
both, root = expired(temporary("expired"), NAME)
editor = folder / "editor"
editor.write_text("#!/bin/sh\nprintf 'Subject: from the editor\\n\\nwritten there\\n' >>\"$1\"\n")
editor.chmod(0o755)


def told(terminal, line, answer, marks="~>"):
    """Types a line at the prompt and waits for what follows it."""
    typed(terminal, line, marks=marks)
    terminal.wait_for(answer)


# Inside TLS, with a certificate that has ended.
server = Scripted(both, address=ADDRESS)
with person.shell(env=f"EDITOR={editor}") as terminal:
    terminal.keys(f"{TALK} {NAME}:{server.port} --ca {root}")
    terminal.enter()
    terminal.wait_for("Your turn")
    typed(terminal, "EHLO client.example.net", "STARTTLS")
    terminal.wait_for(r"^\*\*\*   EXPIRED ")
    terminal.wait_for("^<~  .*without STARTTLS, with AUTH PLAIN LOGIN")
    # A password does not go there by accident; who wants it to says so, once.
    told(terminal, "/auth ann", r"^\*\*\* not sent: the certificate is expired")
    told(terminal, "/trust-once", "The next /auth sends the password as things are")
    told(terminal, "/auth ann", "^password:$")
    terminal.keys(SECRET)
    terminal.enter()
    terminal.wait_for("^<~  235 2.7.0")
    plain = base64.b64encode(f"\0ann\0{SECRET}".encode())
    expect(any(plain in line for line in server.lines), f"the password did not arrive: {server.lines}")
    told(terminal, "/auth ann", r"not sent: the certificate is expired[\s\S]*not sent: the certificate is expired")
    # The chain as a file that others read.
    chain = folder / "chain.pem"
    told(terminal, f"/cert save {chain}", rf"written to\s+(=== +)?{chain}")
    shown = subprocess.run(["openssl", "x509", "-noout", "-subject", "-in", chain], capture_output=True, text=True)
    expect(NAME in shown.stdout, f"/cert save: {shown}")
    told(terminal, "?", r"^  # You may say now:[\s\S]*MAIL FROM:<\.\.\.>[\s\S]*/help lists what ehlo itself can do")
    told(terminal, "? 554 5.7.1", r"^  # 554: .*[\s\S]*^  # 5\.7\.1: ")
    # Editing, completion, Up, Ctrl-R; then Ctrl-C, Ctrl-Z and a smaller window in the middle of a line.
    terminal.wait_for("^ ~>$")
    terminal.keys("mai")
    terminal.press("Tab")
    terminal.wait_for("^ ~> MAIL FROM:<$")
    terminal.keys("alise@example.net>")
    for _ in range(14):
        terminal.press("Left")
    terminal.keys("<0x7f>c")
    terminal.enter()
    terminal.wait_for("^ ~> MAIL FROM:<alice@example.net>\n<~  250")
    told(terminal, "RCPT TO:<bob@example.org>", "^ ~> RCPT TO:<bob@example.org>\n<~  250")
    terminal.wait_for("^ ~>$")
    terminal.press("C-r")
    terminal.keys("TO:<b")
    terminal.wait_for("RCPT TO:<bob@example.org>.*$")
    terminal.press("End")
    terminal.keys("<0x7f><0x7f><0x7f><0x7f>com>")
    terminal.enter()
    terminal.wait_for("^ ~> RCPT TO:<bob@example.com>\n<~  250")
    terminal.wait_for("^ ~>$")
    terminal.keys("NO")
    terminal.press("C-z")
    terminal.wait_for(r"Stopped[\s\S]*\n\$$")
    terminal.keys("fg")
    terminal.enter()
    terminal.wait_for(r"Stopped[\s\S]*\n ~> NO$")
    terminal.resize(60, 30)
    time.sleep(0.5)
    terminal.keys("OP")
    terminal.enter()
    terminal.wait_for("^ ~> NOOP\n<~  250")
    terminal.keys("never said")
    terminal.press("C-c")
    # Inside a mail: editing, a smaller window, away and back, an editor, a Ctrl-C that is thought better of, a paste.
    told(terminal, "DATA", r"^  \|$")
    terminal.keys("From: Alise <alice@example.net>")
    for _ in range(20):
        terminal.press("Left")
    terminal.keys("<0x7f><0x7f>ce")
    terminal.press("C-z")
    terminal.wait_for(r"Stopped[\s\S]*Stopped[\s\S]*\n\$$")
    terminal.keys("fg")
    terminal.enter()
    terminal.wait_for(r"Stopped[\s\S]*Stopped[\s\S]*\n  \| From: Alice <alice@example.net>$")
    terminal.resize(40, 20)
    time.sleep(0.5)
    terminal.enter()
    terminal.resize(110, 50)
    time.sleep(0.5)
    terminal.wait_for(r"^  \|$")
    terminal.keys("/quit is no order in here")
    terminal.enter()
    terminal.wait_for(r"no order in here\n  \|$")
    terminal.press("C-e")
    terminal.wait_for(r"^  \| written there\n  \|$")
    for n in range(1, 21):  # one Ctrl-C is one, each time
        terminal.press("C-c")
        terminal.wait_for(rf"^  \| (written there|kept {n - 1})\n=== Ctrl-C again drops the connection.*\n  \|$")
        terminal.keys(f"kept {n}")
        terminal.enter()
        terminal.wait_for(rf"^  \| kept {n}\n  \|$")
    terminal.paste("\n".join(f"pasted {n}" for n in range(1, 21)) + "\n")
    terminal.wait_for(r"^  \| pasted 20\n  \|$")
    typed(terminal, ".", marks=r"\|")
    terminal.wait_for("^<~  250 2.0.0 Ok: queued as 4XyZ9")
    # Twenty lines at once inside TLS: each waits for its answer.
    terminal.wait_for("^ ~>$")
    terminal.paste("".join(f"NOOP {n}\n" for n in range(1, 21)))
    terminal.wait_for("^ ~> NOOP 20\n<~  250")
    screen = terminal.screen()
    for n in range(1, 21):
        expect(re.search(rf"(?m)^ ~> NOOP {n}\n<~  250", screen), f"line {n} of twenty has no answer below it:\n{screen}")
    expect(SECRET not in screen, f"the password is on the screen:\n{screen}")
    terminal.press("C-d")
    terminal.wait_for("^=== closed after .*: 1 mail accepted")
    print(screen)
said = b"".join(server.lines).decode()
expect("From: Alice <alice@example.net>\r\n/quit is no order in here\r\nSubject: from the editor\r\n\r\nwritten there\r\n" in said, said)
expect("never said" not in said and "NO\r\n" not in said, said)

# 421 while one types, inside TLS and between the recipients; /again says it all again.
has_typed = threading.Event()
server = Scripted(both, address=ADDRESS, tired=has_typed, behind=b"RCPT")
with person.shell() as terminal:
    terminal.keys(f"{TALK} {NAME}:{server.port} --ca {root} --tls")
    terminal.enter()
    terminal.wait_for("^ ~>$")
    typed(terminal, "MAIL FROM:<alice@example.net>", "RCPT TO:<bob@example.org>", marks="~>")
    terminal.wait_for("^ ~>$")
    terminal.keys("RCPT TO:<ca")
    terminal.wait_for("^ ~> RCPT TO:<ca$")
    has_typed.set()
    terminal.wait_for(r"^<~\* 421 4.4.2")
    terminal.wait_for("/again connects anew and says again what went well")
    terminal.wait_for("^ [-~]> RCPT TO:<ca$")
    terminal.press("C-c")
    told(terminal, "/again", r"^ ~> RCPT TO:<bob@example.org>\n<~  250[^~]*\n ~>$", marks="[-~]>")
    again = terminal.screen().split("/again connects")[1]
    steps = [" -> EHLO", " -> STARTTLS", r" ~> EHLO", r" ~> MAIL FROM:<alice@example.net>", r" ~> RCPT TO:<bob@example.org>"]
    expect(re.search(r"[\s\S]*\n".join(steps), again), f"/again did not say it all:\n{again}")
    terminal.press("C-d")
    terminal.wait_for("^=== closed after")
    print(terminal.screen())

# 421 inside a mail: nothing was sent, and that is said.
has_typed = threading.Event()
server = Scripted(address=ADDRESS, tired=has_typed, behind=b"DATA")
with person.shell() as terminal:
    terminal.keys(f"{TALK} {NAME}:{server.port}")
    terminal.enter()
    typed(terminal, "EHLO x", "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>", "DATA")
    terminal.wait_for(r"^  \|$")
    terminal.keys("Subject: half a li")
    terminal.wait_for(r"^  \| Subject: half a li$")
    has_typed.set()
    terminal.wait_for(r"^<\*\* 421 4.4.2")
    terminal.wait_for("it was not sent")
    terminal.press("C-c")
    told(terminal, "/again", r"^ -> RCPT TO:<c@d.example>\n<-  250[^-]*\n ->$", marks=r"(->|\|)")
    terminal.press("C-d")
    terminal.wait_for("^=== closed after")
    print(terminal.screen())

# Narrow: no explanation is wider than the terminal, and none is cut within a word.
server = Scripted(both, address=ADDRESS)
for columns in (60, 40):
    with person.shell(columns) as terminal:
        terminal.keys(f"clear; {TALK} {NAME}:{server.port} --ca {root}")
        terminal.enter()
        terminal.wait_for("leaves$|/quit")
        typed(terminal, "EHLO x", "STARTTLS", "? 554 5.7.1", marks="[-~]>")
        terminal.wait_for("Who minds")
        terminal.wait_for("^ ~>$")
        screen = terminal.screen()
        wide = [line for line in screen.split("\n") if line.startswith("  #") and len(line) > columns]
        expect(not wide, f"wider than {columns} columns: {wide}\n{screen}")
        line = "RCPT TO:<somebody.with.a.long.name@an.example.with.a.long.name.too>"
        terminal.keys(line)
        for _ in range(len(line) - len("RCPT TO:<s")):
            terminal.press("Left")
        terminal.keys("<0x7f>S")
        terminal.enter()
        terminal.wait_for("^ ~> RCPT TO:<Somebody.with.a.long.name@an.example.with.a.long.name.too>\n<~  250")
        print(terminal.screen())
        terminal.press("C-d")
        terminal.wait_for("^=== closed after")

# Names that ASCII cannot write: typed and shown with UTF-8, replaced with LANG=C, and never torn.
server = Scripted(address=ADDRESS, said="2.0.0 Grüße".encode())
for locale, shown in (("C.UTF-8", "Grüße"), ("C", r"Gr\?\?e")):
    with person.shell(env=f"LANG={locale} LC_ALL={locale}") as terminal:
        terminal.keys(f"{TALK} {NAME}:{server.port}")
        terminal.enter()
        typed(terminal, "EHLO x", "NOOP")
        terminal.wait_for(f"^<-  250 2.0.0 {shown}")
        if locale != "C":
            told(terminal, "RCPT TO:<jörg@münchen.example>", "^ -> RCPT TO:<jörg@münchen.example>\n<-  250", marks="->")
            expect("RCPT TO:<jörg@münchen.example>\r\n".encode() in server.lines, f"torn on the way: {server.lines}")
        terminal.press("C-d")
        terminal.wait_for("^=== closed after")
        print(terminal.screen())

# A terminal that can do nothing: whole conversation, no escape, and still no password to be seen.
server = Scripted(both, address=ADDRESS)
with person.shell(env="TERM=dumb") as terminal:
    terminal.keys(f"{TALK} {NAME}:{server.port} --ca {root} --tls --color=always; echo code $?")
    terminal.enter()
    terminal.wait_for("^ ~>$")
    terminal.keys("/trust-once")
    terminal.enter()
    terminal.keys("/auth ann")
    terminal.enter()
    terminal.wait_for("^.*password:")
    terminal.keys(SECRET)
    terminal.enter()
    terminal.wait_for("^<~  235")
    expect(SECRET not in terminal.screen(), f"the password is on the screen:\n{terminal.screen()}")
    terminal.keys("QUIT")
    terminal.enter()
    terminal.wait_for("^code 0")
    print(terminal.screen())

# Colour: sent blue, received red, and none where that is said.
BLUE, RED = "\x1b[34m", "\x1b[31m"
for words, variables, coloured in (
    ("", "", True),
    ("", "NO_COLOR=", True),
    ("", "NO_COLOR=1", False),
    ("--color=never", "CLICOLOR_FORCE=1", False),
    ("--color=always", "NO_COLOR=1", True),
):
    with person.shell(env=variables) as terminal:
        terminal.keys(f"{TALK} {NAME}:{server.port} {words}")
        terminal.enter()
        typed(terminal, "EHLO x")
        terminal.wait_for("^<-  250 HELP")
        painted = terminal.painted()
        here = f"with {variables} {words}:\n{painted!r}"
        expect((BLUE in painted) == coloured and (RED in painted) == coloured, f"colour {here}")
        terminal.press("C-d")
        terminal.wait_for("^=== closed after")
for words, variables, coloured in (
    ([], {}, False),
    ([], {"CLICOLOR_FORCE": "1"}, True),
    ([], {"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False),
    (["--color=always"], {}, True),
    (["--color=never"], {"CLICOLOR_FORCE": "1"}, False),
):
    piped = ehlo("talk", f"{NAME}:{server.port}", *words, stdin="EHLO x\nQUIT\n", env=person.environment | variables)
    expect(piped.returncode == 0 and "<-  221" in piped.stdout, f"in a pipe {words} {variables}: {piped}")
    expect(("\x1b[" in piped.stdout) == coloured, f"colour in a pipe {words} {variables}: {piped.stdout!r}")

# Typed by a person, read by a program.
with person.shell() as terminal:
    terminal.keys(f"{TALK} {NAME}:{server.port} | cat >{folder}/out; echo code $?")
    terminal.enter()
    terminal.keys("EHLO x")
    terminal.enter()
    terminal.keys("QUIT")
    terminal.enter()
    terminal.wait_for("^code 0")
out = (folder / "out").read_text()
expect(re.search(r"(?m)^ -> EHLO x\n<-  250-", out) and "\x1b" not in out, f"into a pipe: {out!r}")
