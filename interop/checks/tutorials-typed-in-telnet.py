"""The five tutorials' six conversations, typed through a real telnet, end in a mail that reads back octet for octet.

Each is typed twice: as somebody who types fluently, and one key at a time with the slips and Backspaces that people
make. Backspace reaches the server as an octet in three ways, all tried: Ctrl-H where the terminal erases with DEL, DEL
where it erases with Ctrl-H, and both when telnet sends every key as it is typed.
"""

from dataclasses import dataclass

from ehlo import Server, expect
from mails import by_fetchmail, by_mpop, content, maildrop
from taker import until
from terminal import Terminal


@dataclass
class Conversation:
    """Lines to type and the code each is answered with; a line of the mail has none."""

    shown_in: str
    recipient: str
    steps: list

    def mail(self):
        typed = [line for line, code in self.steps if code is None]
        return b"".join(line.encode() + b"\r\n" for line in typed)


CONVERSATIONS = [
    Conversation(
        "Gmail's MX",
        "as@ehlo.me",
        [
            ("ehlo", 250),
            ("HELO gmail-smtp-in.l.google.com", 250),
            ("MAIL FROM: <alexanderragel@gmail.com>", 250),
            ("RCPT TO: <as@ehlo.me>", 250),
            ("DATA", 354),
            ("Hello,", None),
            ("This is a test.", None),
            (".", 250),
            ("MAIL FROM: <sender@example.com>", 250),
            ("RCPT TO: recipient@example.com", 550),
            ("RCPT TO: as@ehlo.me", 250),
            ("RSET", 250),
            ("QUIT", 221),
        ],
    ),
    Conversation(
        "MailMax",
        "info@activexperts.com",
        [
            ("hello dell01", 500),
            ("helo dell01", 250),
            ("mail from: webmaster@monitortools.com", 250),
            ("rcpt to: info@activexperts.com", 250),
            ("data", 354),
            ("This is a test e-mail.", None),
            (".", 250),
            # "There is no need for 'mail from:'", says the tutorial. There is.
            ("rcpt to: info@activexperts.com", 503),
            ("data", 503),
            ("quit", 221),
        ],
    ),
    Conversation(
        "Yahoo",
        "anaplexian@yahoo.com",
        [
            ("HELO smtp.mail.yahoo.com", 250),
            ("MAIL From:", 501),  # the page has lost what stood in the brackets
            ("MAIL From: <anaplexian@yahoo.com>", 250),
            ("RCPT To: <anaplexian@yahoo.com>", 250),
            ("DATA", 354),
            ("From: anaplexian@yahoo.com", None),
            ("To: anaplexian@yahoo.com", None),
            ("Subject: Hi there!", None),
            ("", None),
            ("This is a test message!", None),
            (".", 250),
            ("QUIT", 221),
        ],
    ),
    Conversation(
        "Sendmail 8.9.3",
        "whoever@domain.com",
        [
            ("ehlo me", 250),
            ("help", 214),
            ("mail from:", 501),
            ("mail from: you@yourisp.com", 250),
            ("rcpt to:", 501),
            ("rcpt to: whoever@domain.com", 250),
            ("data", 354),
            ("To: Whoever <>", None),
            ("From: Your Name <>", None),
            ("Subject: The subject of the message", None),
            ("Your message should go here.", None),
            ("Type whatever you want, it doens't really make a difference", None),
            (".", 250),
            ("quit", 221),
        ],
    ),
    Conversation(
        "the mail.domain.com article",
        "recipient@domain.com",
        [
            ("EHLO test.domain.com", 250),
            ("MAIL FROM: <sender@domain.com>", 250),
            ("RCPT TO: <recipient@domain.com>", 250),
            ("DATA", 354),
            ("testing", None),
            ("testing", None),
            ("testing", None),
            (".", 250),
        ],
    ),
    Conversation(
        "the second Sendmail",
        "mail@otherdomain.ext",
        [
            ("HELO local.domain.name", 250),
            ("RCPT TO: mail@otherdomain.ext", 503),
            ("MAIL FROM: mail@domain.ext", 250),
            ("RCPT TO: nouser@nosuchplace.here", 550),
            ("RCPT TO: mail@otherdomain.ext", 250),
            ("DATA", 354),
            ("Subject:-type subject here-", None),
            ("", None),
            ("hello mail@otherdomain.ext from mail@domain.ext", None),
            (".", 250),
            ("QUIT", 221),
        ],
    ),
]


def slip(line, erase):
    """The line as a person types it who hits wrong keys and erases them: two slips in a line."""
    middle = len(line) // 2
    return line[:middle] + "qx" + erase * 2 + line[middle:] + "w" + erase


def fluently(terminal, line, code):
    terminal.keys(line)
    terminal.enter()


def with_slips(*erases):
    def typed(terminal, line, code):
        # In the text of a mail every octet is content, so slips are made in commands only.
        if code is None or line in ("", "."):
            terminal.keys(line, one_at_a_time=True)
        else:
            for number, erase in enumerate(erases):
                if number == 0:
                    line = slip(line, erase)
                else:
                    line = line + "zz" + erase * 2
            terminal.keys(line, one_at_a_time=True)
        terminal.enter()

    return typed


def hold(conversation, server, command, typing, before=lambda terminal: None):
    with Terminal(command.format(port=server.smtp)) as terminal:
        terminal.reply(220)
        before(terminal)
        for line, code in conversation.steps:
            typing(terminal, line, code)
            if code is not None:
                terminal.reply(code)


def every_key_at_once(terminal):
    """telnet's character mode: it negotiates in the middle of the conversation and sends each key as it is typed."""
    escape_is_heard = lambda: terminal.mode() == (True, b"\x1d")  # Ctrl-] ends a line
    for command, is_done in (("toggle crlf", escape_is_heard), ("mode character", lambda: not terminal.mode()[0])):
        until(escape_is_heard, 60, "telnet does not listen")
        terminal.press("C-]")
        terminal.wait_for(r"^telnet> ?$")
        terminal.keys(command)
        terminal.enter()
        until(is_done, 60, f"telnet has not done {command}: {terminal.mode()}")  # after it has answered


recipients = [c.recipient for c in CONVERSATIONS]
domains = ",".join(sorted({r.partition("@")[2] for r in recipients} | {"localhost"}))
with Server(users=recipients, settings={"domains": domains}) as server:
    telnet = "telnet 127.0.0.1 {port}"
    for conversation in CONVERSATIONS:
        ways = [
            ("fluently", telnet, fluently, lambda _: None),
            ("with slips, Backspace 0x08", telnet, with_slips("<0x08>", "<0x7f>"), lambda _: None),
            ("with slips, Backspace 0x7f", f"sh -c 'stty erase ^H; exec {telnet}'", with_slips("<0x7f>"), lambda _: None),
            ("every key at once", telnet, with_slips("<0x08>", "<0x7f>"), every_key_at_once),
        ]
        for name, command, typing, before in ways:
            print(f"--- {conversation.shown_in}, {name}")
            hold(conversation, server, command, typing, before)
    for conversation in CONVERSATIONS:
        for name, read in (("poplib", maildrop), ("mpop", by_mpop), ("fetchmail", by_fetchmail)):
            mails = read(server, conversation.recipient)
            print(f"--- {conversation.shown_in}, read by {name}: {mails}")
            expect(len(mails) == 4, f"{conversation.shown_in}: {name} reads {len(mails)} mails, not 4")
            typed = conversation.mail()
            if name == "fetchmail" and b"\r\n\r\n" not in typed:
                typed += b"\r\n"  # it ends a header that has no end with an empty line of its own
            for mail in mails:
                expect(
                    content(mail) == typed,
                    f"{conversation.shown_in}: {name} reads {content(mail)!r}, typed was {typed!r}",
                )
