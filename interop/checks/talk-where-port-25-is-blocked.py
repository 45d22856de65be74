"""`ehlo talk` where port 25 is blocked, in a real terminal: silence, a refusal, a reset and a rewritten conversation are told apart.

In namespaces with real addresses and packet filters (nftables). Seen is the transcript that people are promised, word for
word, and that the way on which it names works: a mail typed on port 587 from behind the filter.
"""

import re
import shutil
import time

import world
from ehlo import EHLO, PASSWORD, Server, expect, temporary
from locks import Authority
from names import Names
from terminal import Terminal
from world import Host

world.enter()
folder = temporary("blocked")
authority = Authority("Example CA R3")
certificate, key = authority.issue("mail.example.org")
world.trust(authority.file)
PROBE = "  #     ehlo check --port25 --probe        tries port 25 of three well-known servers"
WRAPPED = r"(?: |\n  # +)"  # a space, or where an explanation goes on in the next line
NO_TLS = tuple(word for word in Host.USUAL if word != "STARTTLS")
zones = {}


def place(label, *rules, six=None, four=True, **doors):
    """`LABEL.example.org` with a scripted server at each door, as `p25={}`, behind these filters; returns the name."""
    name, number = f"{label}.example.org", len(zones) + 25
    addresses = [f"45.45.0.{number}"] if four else []
    addresses += [f"2a00:45::{number}"] if six else []
    zones[name] = [f"{'AAAA' if ':' in address else 'A'} {address}" for address in addresses]
    for address in addresses:
        world.host(address)
        for door, manners in doors.items():
            Host(address, name, (certificate, key), port=int(door[1:]), **manners)
    for rule in rules:
        world.filter_client(rule.format(*addresses))
    return name


home = "45.45.1.25"
world.host(home)
zones["mail.example.org"] = [f"A {home}"]
DROP, RESET, FORBID = "drop", "reject with tcp reset", "reject with icmp type admin-prohibited"
world.filter_client(f"ip daddr {home} tcp dport 25 drop")
refused = place("refused", f"ip daddr {{}} tcp dport 25 {RESET}", p25={}, p587={}, p465={})
forbidden = place("forbidden", f"ip daddr {{}} tcp dport 25 {FORBID}", p25={}, p587={})
dead = place("dead", f"ip daddr {{}} {DROP}", p25={})
idle = place("idle", f"ip daddr {{}} tcp dport 25 {DROP}")
nobody = place("nobody")
implicit = place("implicit", f"ip daddr {{}} tcp dport {{{{ 25, 587 }}}} {DROP}", p25={}, p587={}, p465={})
resets = place("resets", p25={"greeting": "RESET"}, p587={})
mute = place("mute", p25={"greeting": ""}, p587={})
masked = place("masked", p25={"greeting": "220 " + "*" * 30, "offers": ("SIZE 1000000", "XXXXXXXA")}, p587={})
stripped = place("stripped", p25={"offers": NO_TLS}, p587={})
without = place("without", p25={"offers": NO_TLS}, p587={"offers": NO_TLS})
both = place("both", f"ip daddr {{}} tcp dport 25 {DROP}", six=True, p25={}, p587={})
six = place("six", four=False, six=True, p25={})
four = place("four", p25={})
other = place("other", f"ip6 daddr {{1}} tcp dport 25 {DROP}", six=True, p25={})


def shell(names, columns=110):
    """A person's shell where the client is."""
    file = folder / "rc"
    file.write_text(
        f"PS1='$ '\nexport XDG_STATE_HOME={folder}/state LANG=C.UTF-8 COLORTERM=\n"
        f"ehlo() {{ local command=$1; shift; {EHLO} $command --set dns.servers={names.server}"
        " --set hostname=client.example.net \"$@\"; }\n"
    )
    return Terminal(f"nsenter --net={world.CLIENT_NAMESPACE} bash --noprofile --rcfile {file} -i", columns)


class Scene:
    """One call, begun at once and looked at later, so that all that is silent is awaited together."""

    def __init__(self, names, words, *then):
        self.terminal, self.words, self.then = shell(names), words, then
        self.terminal.wait_for("^[$]$")
        self.terminal.keys(f"ehlo talk {words}; echo code $?")
        self.terminal.enter()

    def ends(self, code, *shown, never=()):
        """Ends with this code and has shown these patterns, one below the other, and none of those."""
        with self.terminal as terminal:
            terminal.wait_for(r"^code \d+")
            screen = terminal.screen()
            print(f"--- ehlo talk {self.words}\n{screen}\n", flush=True)
            judged(self.words, screen + "\n", [*shown, f"^code {code}$"], never)

    def talks(self, *shown, never=(), typed=()):
        """Comes to a prompt."""
        with self.terminal as terminal:
            terminal.wait_for("^ ->$")
            for line, answer in typed:
                terminal.keys(line)
                terminal.enter()
                terminal.wait_for(answer)
                terminal.wait_for(r"^ [-~]>$")
            screen = terminal.screen()
            print(f"--- ehlo talk {self.words}\n{screen}\n", flush=True)
            judged(self.words, screen + "\n", shown, never)
            terminal.press("C-d")
            terminal.wait_for(r"^code \d+")


def judged(what, screen, shown, never):
    at = 0
    for pattern in shown:
        found = re.compile(pattern.replace(" ", WRAPPED), re.M).search(screen, at)
        expect(found, f"ehlo talk {what}: {pattern!r} is not shown (there):\n{screen}")
        at = found.end()
    for pattern in never:
        expect(not re.search(pattern, screen, re.M), f"ehlo talk {what}: {pattern!r} is shown:\n{screen}")


def first(names):
    """Transcript 4, word for word but for the times, and what it advises."""
    with shell(names) as terminal:
        terminal.wait_for("^[$]$")
        terminal.keys("ehlo talk mail.example.org")
        begin = time.monotonic()
        terminal.enter()
        terminal.wait_for(r"^=== connecting to 45.45.1.25:25 \.\.\.$")
        terminal.wait_for(r"no answer yet \(5 s\) \.\.\.$")
        after = time.monotonic() - begin
        expect(after > 4.5, f"that there is no answer yet was said after {after:.1f} s")
        terminal.wait_for("^=== transcript:")
        terminal.wait_for("^[$]$")
        screen = terminal.screen()
        print(screen, flush=True)
        seen = screen.replace("=== asking the DNS for mail.example.org\n", "")  # said where that takes its time
        seen = re.sub(r"connected in [\d.]+ m?s", "connected in 28 ms", seen)
        seen = re.sub(r"(220 mail.example.org ESMTP Ehlo) .*", r"\1 ready", seen)
        seen = re.sub(r"=== transcript:[\s\S]*", "=== transcript: ...", seen)
        expect(
            seen
            == f"""$ ehlo talk mail.example.org
=== mail.example.org is 45.45.1.25
=== connecting to 45.45.1.25:25 ... no answer yet (5 s) ... no answer (10 s)
=== trying the other doors of the same host
===   45.45.1.25:587         connected in 28 ms    220 mail.example.org ESMTP Ehlo ready
===   45.45.1.25:465         connected in 28 ms
*** No answer on port 25. The host is alive, so port 25 is filtered on the way.
  # Silence is not "no": a closed port refuses at once. Something dropped the packets, near you (home line,
  # cloud provider, company firewall) or in front of mail.example.org.
  # To tell which, ask others:
{PROBE}
  # If you only want to send: with an account, port 587 works from here:
  #     ehlo talk --submission mail.example.org
=== transcript: ...""",
            f"transcript 4 is not as it was promised:\n{seen}",
        )
        terminal.keys("echo code $?")
        terminal.enter()
        terminal.wait_for("^code 20$")
        # The way on, as it stands there.
        terminal.keys("clear; ehlo talk --submission mail.example.org --tls")
        terminal.enter()
        terminal.wait_for("^=== certificate ok: mail.example.org")
        for line, answer in (
            ("/auth bob@example.org", "^password:"),
            (PASSWORD, "^<~  235"),
            ("MAIL FROM:<bob@example.org>", "^<~  250 2.1.0"),
            ("RCPT TO:<bob@example.org>", "^<~  250 2.1.5"),
            ("DATA", r"^  \|$"),
            ("Subject: from behind the filter", r"filter\n  \|$"),
            (".", "^<~  250 2.0.0 Ok: queued as"),
        ):
            terminal.keys(line)
            terminal.enter()
            terminal.wait_for(answer)
        terminal.wait_for("^ ~>$")
        terminal.press("C-d")
        terminal.wait_for("^=== closed after .*: 1 mail accepted, 1 recipient, 0 refused")


with Names(folder, zones, world.RESOLVER) as names:
    settings = {
        "hostname": "mail.example.org",
        "domains": "example.org",
        "dns.servers": names.server,
        "tls.certificate": certificate,
        "tls.key": key,
        "listen.submission": f"{home}:587",
        "listen.submissions": f"{home}:465",
    }
    with Server(("bob@example.org",), settings=settings, address=(home, 25)):
        silence = [Scene(names, words) for words in (dead, idle, implicit, f"-4 {both}", other, f"{mute} --timeout 3s")]
        first(names)
    dead, idle, implicit, both4, other, mute = silence
    dead.ends(
        20,
        r"no answer yet \(5 s\) \.\.\. no answer \(10 s\)\n=== trying the other doors",
        r":587 +no answer \(4 s\)\n.*:465 +no answer \(4 s\)\n\*\*\* No answer on port 25, nor on any other door\.",
        "Silence alone does not say why: the host is down, has moved to another address, or something on the way",
        "Or nothing leaves this machine at all",
        "ehlo check --port25 --probe",
        never=("alive", "filtered", "--submission", "[Rr]efused"),
    )
    idle.ends(
        20,
        r":587 +refused\n.*:465 +refused\n\*\*\* No answer on port 25. The host is alive, so port 25 is filtered",
        "near you .home line, cloud provider, company firewall. or in front of idle.example.org",
        never=("works from here",),
    )
    implicit.ends(
        20,
        r":587 +no answer \(4 s\)\n.*:465 +connected in .* m?s\n\*\*\* No answer on port 25. The host is alive",
        r"port 465 works from here:\n  #     ehlo talk --smtps implicit.example.org$",
        never=("587 works",),
    )
    both4.ends(20, r"^=== both.example.org is 45\.[0-9.]*$", "no answer .10 s", "The host is alive", never=("2a00",))
    other.talks(  # one address is silent, and the next one is not
        "^=== other.example.org is 2a00.*, 45.45",
        r"^=== connecting to \[2a00.*\]:25 \.\.\. .*no answer \(10 s\)",
        r"^=== connecting to 45.*:25 \.\.\. connected in .*\n<-  220 other.example.org",
        never=("other doors",),
    )
    mute.ends(
        21,
        "connected in",
        r"\*\*\* Port 25: the connection was taken, and then no greeting came in 3 s\.\n=== trying the other doors",
        ":587 +connected in .*220 mute.example.org",
        "It is not closed: somebody takes the connection, and does not talk to this address",
        "ehlo talk --submission mute.example.org",
        never=("Refused", "[Ff]iltered"),
    )

    quick = [Scene(names, words) for words in (refused, forbidden, nobody, resets, masked)]
    refused, forbidden, nobody, resets, masked = quick
    refused.ends(
        20,
        r":25 \.\.\. refused\n=== trying the other doors",
        ":587 +connected in .*220 refused.example.org",
        r"\*\*\* Refused on port 25, and other doors of the same host are open\.",
        "Refused is an answer: nobody listens on that port, or a firewall says no in its place",
        "ehlo check --port25 --probe",
        "ehlo talk --submission refused.example.org",
        never=("[Ss]ilence", "[Nn]o answer", "[Ff]iltered"),
    )
    forbidden.ends(
        20,
        r":25 \.\.\. cannot be reached",
        r"\*\*\* Port 25 is forbidden on the way, and other doors of the same host answer\.",
        "no mail server does that, but a router or a firewall",
        "ehlo talk --submission forbidden.example.org",
        never=("[Ss]ilence", "[Nn]o answer", "[Rr]efused is"),
    )
    nobody.ends(
        20,
        r":25 \.\.\. refused\n",
        ":587 +refused\n.*:465 +refused\n",
        "Refused is an answer: the host is there, and nobody listens",
        never=("works from here", "[Ff]iltered"),
    )
    resets.ends(
        21,
        r"\*\*\* Port 25: the connection was taken, and then reset before a greeting\.\n=== trying the other doors",
        ":587 +connected in .*220 resets.example.org",
        "It is not closed: somebody takes the connection",
        "something on the way",
        "ehlo talk --submission resets.example.org",
        never=("[Rr]efused is", "[Ff]iltered"),
    )
    masked.talks(
        r"^<-  220 \*{30}.*\n  # This greeting was rewritten on the way: asterisks are the sign of a firewall",
        "^<-  250-XXXXXXXA",
        "XXXXXXXA is no extension: a firewall on the way has written over one, most likely STARTTLS",
        r"\*\*\* Port 587 offers STARTTLS and port 25 does not",
        typed=[("EHLO client.example.net", "it seems to be stripped")],
    )

    quick = [Scene(names, words) for words in (stripped, without, f"-6 {both}", f"-6 {four}", f"-4 {six}")]
    stripped, without, both6, four6, six4 = quick
    stripped.talks(
        "Offers no TLS: everything is readable on the way",
        r"^=== looking whether port 587 of the same host offers TLS \.\.\. it does\n"
        r"\*\*\* Port 587 offers STARTTLS and port 25 does not: it seems to be stripped on the way\.",
        "A firewall that inspects SMTP takes it away",
        "ehlo talk --submission stripped.example.org",
        typed=[("EHLO client.example.net", "it seems to be stripped")],
    )
    without.talks(
        "Offers no TLS",
        r"^=== looking whether port 587 of the same host offers TLS \.\.\. it does not\n ->$",
        never=("stripped on the way",),
        typed=[("EHLO client.example.net", "it does not")],
    )
    both6.talks(r"^=== both.example.org is 2a00:[0-9a-f:]*$", r"^=== connecting to \[2a00.*\]:25 \.\.\. connected in")
    four6.ends(
        20,
        r"^\*\*\* four.example.org has no IPv6 address, only 45[0-9.]*: leave out -6\.$",
        never=("connecting", "is 45"),
    )
    six4.ends(20, r"^\*\*\* six.example.org has no IPv4 address, only 2a00:[0-9a-f:]*: leave out -4\.$", never=("connecting",))

    # A machine without IPv6 says so, and does not blame the other side; Ctrl-C ends any wait.
    world.run("ip", "-n", "client", "-6", "route", "del", "default")
    none = Scene(names, "six.example.org")
    waiting = Scene(names, "dead.example.org")
    none.ends(
        20,
        "no way there from here",
        r"\*\*\* This machine has no way to IPv6 addresses\.",
        never=("other doors", "filtered", "[Rr]efused"),
    )
    waiting.terminal.wait_for(r"^=== connecting to .*\.\.\.$")
    time.sleep(1.5)
    waiting.terminal.press("C-c")
    waiting.ends(20, r"connecting to .* \.\.\. (no answer yet \(5 s\) \.\.\. )?given up", never=("other doors",))
shutil.rmtree(folder, ignore_errors=True)
