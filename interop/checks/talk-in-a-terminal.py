"""`ehlo talk` in a real terminal (tmux): typing, editing, Tab, pasting, Ctrl-C, Ctrl-Z, resizing, TLS, and a server that says 421 meanwhile.

Seen are the transcripts that people are promised: a mail that works, relaying denied, an expired certificate. The first
prompt is there within half a second: so it is the quickest time of ten, or of some more on a machine that is busy.
"""

import re
import statistics
import threading
import time

from ehlo import PASSWORD, Server, ehlo, expect, temporary
from locks import Authority
from machine import slowness
from talking import TALK, Person, Scripted, expired, typed
from terminal import Terminal

ALONE = "it measures how long the first prompt takes"
person = Person()
shell, state, ENV = person.shell, person.state, person.env
authority = Authority("Example CA R3")
certificate, key = authority.issue("localhost")
settings = {"tls.certificate": certificate, "tls.key": key, "domains": "example.org"}

with Server(users=["bob@example.org"], settings=settings) as server:
    # 1  A mail that works, with TLS, typed with mistakes that are mended.
    with shell() as terminal:
        terminal.keys(f"{TALK} localhost:{server.smtp} --ca {authority.file} --ehlo client.example.net")
        terminal.enter()
        terminal.wait_for("Your turn. Say EHLO")
        terminal.wait_for("^ ->$")
        terminal.keys("EHKO client.example.ne")
        for key_pressed in ["Home", "Right", "Right", "DC"]:
            terminal.press(key_pressed)
        terminal.keys("L")
        terminal.press("End")
        terminal.keys("x<0x7f>t")
        terminal.enter()
        terminal.wait_for("^<-  250 ")
        terminal.wait_for("Takes mails up to 34 MB. Offers TLS")
        typed(terminal, "STARTTLS")
        terminal.wait_for("^=== TLSv1.3, TLS_")
        terminal.wait_for("^=== certificate ok: localhost, issued by Example CA R3, valid 119 more days")
        terminal.wait_for("^ ~> EHLO client.example.net\n.*\n<~ .*same as before, without STARTTLS")
        # Tab knows what may be said now and what was offered.
        terminal.wait_for("^ ~>$")
        terminal.keys("ma")
        terminal.press("Tab")
        terminal.wait_for("^ ~> MAIL FROM:<$")
        terminal.keys("alice@example.net> SIZ")
        terminal.press("Tab")
        terminal.wait_for("SIZE=$")
        terminal.keys("100")
        terminal.enter()
        terminal.wait_for("^<~  250 2.1.0")
        typed(terminal, "RCPT TO:<bob@example.org>", "DATA", marks="~>")
        terminal.wait_for("A line with only")
        typed(terminal, "From: Alice <alice@example.net>", "Subject: typed by hand", "", "Hello Bob.", ".", marks=r"\|")
        terminal.wait_for("^<~  250 2.0.0 Ok: queued as")
        terminal.wait_for("Accepted. localhost is now responsible")
        terminal.wait_for("Their reference is .*You sent no Date and no Message-ID")
        typed(terminal, "QUIT", marks="~>")
        terminal.wait_for("^=== closed after .*: 1 mail accepted, 1 recipient, 0 refused")
        terminal.wait_for("^=== transcript:\\s(=== )?.*-localhost.txt")
        terminal.keys("echo code $?")
        terminal.enter()
        terminal.wait_for("^code 0")
        print(terminal.screen())
    kept = list((state / "ehlo/talk").glob("*-localhost.txt"))
    expect(len(kept) == 1 and kept[0].stat().st_mode & 0o777 == 0o600, f"the transcript: {kept}")
    expect("typed by hand" in kept[0].read_text(), kept[0].read_text())

    # 2  Relaying denied.
    with shell() as terminal:
        terminal.keys(f"{TALK} localhost:{server.smtp}")
        terminal.enter()
        terminal.wait_for("Your turn")
        typed(terminal, "HELLO client.example.net")
        terminal.wait_for("There is no HELLO. The old greeting is HELO, the current one is EHLO")
        terminal.press("Up")
        terminal.wait_for("^ -> HELLO client.example.net$")
        for _ in range(19):
            terminal.press("Left")
        terminal.keys("<0x7f><0x7f><0x7f><0x7f><0x7f>EHLO")
        terminal.enter()
        terminal.wait_for("^<-  250 ")
        typed(terminal, "MAIL FROM:<alice@example.net>", "RCPT TO:<carol@other.example>")
        terminal.wait_for(r"^<\*\* 550 5.7.1 <carol@other.example>")
        terminal.wait_for("Refused, permanently")
        terminal.wait_for("/reconnect --mx other.example")
        terminal.wait_for("The sender is still set. Another RCPT TO is possible")
        # A password is asked for without showing it, and stays out of everything.
        typed(terminal, "RSET", "/auth bob@example.org")
        terminal.wait_for("^password:")
        terminal.keys(PASSWORD)
        terminal.enter()
        terminal.wait_for("^<-  235 2.7.0")
        terminal.wait_for("^ ->$")
        # Ctrl-Z and back, in the middle of a line; then a smaller window.
        terminal.keys("NO")
        terminal.press("C-z")
        terminal.wait_for("Stopped")
        terminal.keys("echo meanwhile")
        terminal.enter()
        terminal.wait_for("^meanwhile")
        terminal.keys("fg")
        terminal.enter()
        terminal.wait_for("^ -> NO$")
        terminal.resize(70, 30)
        time.sleep(0.5)
        terminal.keys("OP")
        terminal.enter()
        terminal.wait_for("^ -> NOOP\n<-  250")
        # Ctrl-C wipes the line, twice on an empty one says QUIT.
        terminal.keys("something wrong")
        terminal.press("C-c")
        terminal.wait_for("^ ->$")
        terminal.press("C-c")
        terminal.wait_for("Ctrl-C again says QUIT")
        terminal.press("C-c")
        terminal.wait_for("^=== closed after .*1 refused\n=== \\(550 5.7.1\\)")
        print(terminal.screen())
    history = (state / "ehlo/talk-history").read_text()
    expect(PASSWORD not in history and "/auth bob" in history, f"the history:\n{history}")
    expect(all(PASSWORD not in file.read_text() for file in (state / "ehlo/talk").iterdir()), "a transcript has the password")

    # Twenty lines at once: each waits for the answer to the one before.
    with shell() as terminal:
        terminal.keys(f"{TALK} localhost:{server.smtp} --no-explain")
        terminal.enter()
        terminal.wait_for("^<-  220")
        terminal.wait_for("^ ->$")
        text = ["EHLO client.example", "MAIL FROM:<a@client.example>", "RCPT TO:<bob@example.org>", "DATA", "Subject: twenty", ""]
        text += [f"line {n}" for n in range(1, 13)] + [".", "NOOP"]
        terminal.paste("\n".join(text) + "\n")
        terminal.wait_for("^ -> NOOP\n<-  250")
        screen = terminal.screen()
        expect(re.search(r" -> MAIL FROM:<a@client.example>.*\n<-  250.*\n -> RCPT", screen), f"not in turn:\n{screen}")
        expect(re.search(r"  \| line 12\n  \| \.\n<-  250 2.0.0 Ok: queued", screen), f"the mail did not go:\n{screen}")
        # Ctrl-C twice in a mail drops the connection, and nothing is sent.
        typed(terminal, "MAIL FROM:<a@client.example>", "RCPT TO:<bob@example.org>", "DATA")
        typed(terminal, "Subject: never", marks=r"\|")
        terminal.wait_for(r"^  \|$")
        terminal.press("C-c")
        terminal.wait_for("Ctrl-C again drops the connection")
        terminal.press("C-c")
        terminal.wait_for("before the end of the mail: nothing was sent")
        terminal.wait_for("^ ->$")
        typed(terminal, "/again")
        terminal.wait_for("^ -> RCPT TO:<bob@example.org>\n<-  250 2.1.5.*\n ->$")
        terminal.press("C-d")
        terminal.wait_for("^=== closed after")
        print(terminal.screen())

    # How long one waits for the first prompt.
    waits, most = [], 0.5 * slowness()
    while len(waits) < 10 or min(waits) >= most and len(waits) < 60:
        with Terminal(f"{ENV} sh -c 'read go; exec {TALK} localhost:{server.smtp}'", 110) as terminal:
            time.sleep(0.3)
            begin = time.monotonic()
            terminal.enter()
            while not re.search("^ ->$", terminal.screen(), re.M):
                expect(time.monotonic() - begin < 90, f"no prompt:\n{terminal.screen()}")
                time.sleep(0.01)
            waits.append(time.monotonic() - begin)
    prompt = statistics.median(waits)
    expect(min(waits) < most, f"the first prompt takes {min(waits):.2f} s at best, and {most:.2f} s is the bound here")

    # A pipe, and a terminal that can do nothing.
    piped = ehlo("talk", f"localhost:{server.smtp}", stdin="EHLO x\nQUIT\n", env=person.environment)
    expect(re.search(r"(?m)^ -> EHLO x\n<-  250-", piped.stdout) and piped.returncode == 0, f"in a pipe:\n{piped.stdout}{piped.stderr}")
    expect("\x1b" not in piped.stdout, f"colour in a pipe:\n{piped.stdout}")
    with Terminal(f"{ENV} TERM=dumb {TALK} localhost:{server.smtp}") as terminal:
        terminal.wait_for("^ ->")
        terminal.keys("EHLO x")
        terminal.enter()
        terminal.wait_for("^<-  250 ")
        terminal.keys("QUIT")
        terminal.enter()
        terminal.wait_for("^=== closed after")

# 3  STARTTLS with an expired certificate.
both, root = expired(temporary("expired"))
scripted = Scripted(both)
with shell() as terminal:
    terminal.keys(f"{TALK} localhost:{scripted.port} --ca {root}")
    terminal.enter()
    terminal.wait_for("Your turn")
    typed(terminal, "EHLO client.example.net", "STARTTLS")
    terminal.wait_for(r"^\*\*\* TLS is on \(TLSv1.3\), but the certificate is not valid:")
    terminal.wait_for(r"^\*\*\*   EXPIRED +[0-9].*, 2[12] days ago +<- this is the problem")
    terminal.wait_for(r"^\*\*\*   name +ok, localhost")
    terminal.wait_for(r"^\*\*\*   chain +ok, localhost < Example CA")
    terminal.wait_for("Who minds\\?")
    terminal.wait_for("^ ~> EHLO client.example.net")
    typed(terminal, "/cert", marks="~>")
    terminal.wait_for("key sha-256 .TLSA 3 1 1.")
    print(terminal.screen())
    typed(terminal, "QUIT", marks="~>")
    terminal.wait_for("^=== closed after")
    terminal.keys(f"{TALK} localhost:{scripted.port} --ca {root} --tls --verify=strict; echo code $?")
    terminal.enter()
    terminal.wait_for("^code 29")

# A server that loses patience while one types.
has_typed = threading.Event()
tired = Scripted(tired=has_typed)
with shell() as terminal:
    terminal.keys(f"{TALK} localhost:{tired.port}")
    terminal.enter()
    terminal.wait_for("^ ->$")
    terminal.keys("EHLO half a li")
    terminal.wait_for("^ -> EHLO half a li$")
    has_typed.set()
    terminal.wait_for(r"^<\*\* 421 4.4.2")
    terminal.wait_for("the server ends the conversation; it has waited for you too long")
    terminal.wait_for("^ -> EHLO half a li$")
    print(terminal.screen())
    terminal.press("C-c")
    terminal.keys("/quit")
    terminal.enter()
    terminal.wait_for("^=== closed after")
print(f"figure: first prompt after {prompt:.2f} s (median of {len(waits)}; {min(waits):.2f} to {max(waits):.2f})")
