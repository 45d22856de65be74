"""The conversation scripts of the server's own tests, played by `ehlo talk --script`: with Ehlo they go as written, and with
Postfix they differ exactly where docs/differences-from-postfix.md says so and why.

Played are those that need nothing but users: no clock, no full disk, no DNS of their own, and no logins.
"""

import contextlib
import re
from pathlib import Path

from ehlo import Server, ehlo, expect, temporary
from peers import Postfix, free_port
from taker import Taker

SCRIPTS = Path("src/test/resources/conversations/smtp")
DIFFERENCES = Path("docs/differences-from-postfix.md")
WITH_LOGINS = ("rfc4954-auth", "rfc6409-submission")
# They name the extensions, the clock or the conversation's id of the house in which the tests play them.
OF_THEIR_OWN_HOUSE = (
    "3.1-session-initiation/greeting-names-the-server",
    "3.2-client-initiation/ehlo",
    "4.3.2-sequence/every-refusal-leaves-the-session-alive",
    "7.8-resistance/nothing-is-compressed",
    "rfc2034-enhanced-status/every-reply-has-one",
    "rfc3207-starttls/not-offered",
)
MANY = 150


def can_be_played(script):
    lines = script.read_text().splitlines()
    needs = {line.split()[1] for line in lines if line.startswith("given")}
    happens = any(line.startswith("! ") for line in lines)
    elsewhere = script.parent.name not in WITH_LOGINS and name(script) not in OF_THEIR_OWN_HOUSE
    return needs <= {"users"} and not happens and elsewhere


def name(script):
    return str(Path(script).relative_to(SCRIPTS).with_suffix(""))


def play(address, scripts, compare):
    """-> (names of those that go as written, of those that do not), and what was said"""
    done = ehlo("talk", address, "--compare", compare, "--timeout", "10s", "--script", *map(str, scripts), timeout=600)
    expect(done.returncode in (0, 30), f"status {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    found = {kind: set(map(name, re.findall(rf"^{kind} +(\S+)", done.stdout, re.M))) for kind in ("as written", "otherwise")}
    played = found["as written"] | found["otherwise"]
    expect(played == set(map(name, scripts)), f"not all were played: {set(map(name, scripts)) ^ played}")
    return found["as written"], found["otherwise"], done.stdout


scripts = sorted(filter(can_be_played, SCRIPTS.rglob("*.smtp")))
expect(len(scripts) > MANY, f"only {len(scripts)} scripts can be played")
users = sorted({user for s in scripts for line in s.read_text().splitlines() if line.startswith("given") for user in line.split()[2:]})

with contextlib.ExitStack() as stack:
    server = stack.enter_context(
        Server(settings={"hostname": "ehlo.test", "domains": "ehlo.test", "smtp.duplicate-window": "off"}, users=[f"{u}@ehlo.test" for u in users])
    )
    same, otherwise, said = play(f"{server.host}:{server.smtp}", scripts, "words")
    expect(not otherwise, f"with Ehlo itself {sorted(otherwise)} go otherwise than written:\n{said}")
    print(f"Ehlo: {len(same)} as written")

    taker = stack.enter_context(contextlib.closing(Taker(lmtp=True, offered=("PIPELINING", "8BITMIME", "SMTPUTF8"))))
    folder = temporary("postfix")
    folder.chmod(0o755)
    home = folder / "home"
    home.mkdir()
    known = ", ".join(f"{{{user}@ehlo.test=here}}" for user in [*users, "postmaster"])
    port = free_port()
    also = {
        "myhostname": "ehlo.test",
        "mynetworks": "192.0.2.1/32",
        "smtpd_relay_restrictions": "reject_unauth_destination",
        "relay_domains": "ehlo.test",
        "relay_recipient_maps": f"inline:{{{known}}}",
        "recipient_delimiter": "+",
        "default_transport": "error:no route from here",
        "message_size_limit": 35651584,
        "smtpd_error_sleep_time": 0,
        "smtpd_soft_error_limit": 1000,
        "smtpd_hard_error_limit": 1000,
    }
    transport = f"{{ehlo.test=lmtp:[127.0.0.1]:{taker.port}}}"
    stack.enter_context(Postfix(home, transport, log=folder / "log", address=("127.0.0.1", port), also=also))
    same, otherwise, said = play(f"127.0.0.1:{port}", scripts, "codes")
    written = set(re.findall(r"^- `(\S+)`$", DIFFERENCES.read_text(), re.M))
    expect(
        otherwise == written,
        f"{DIFFERENCES} does not say that these differ: {sorted(otherwise - written)}, "
        f"and these do not: {sorted(written - otherwise)}\n{said}",
    )
    print(f"figure: {len(scripts)} scripts; with Postfix {len(same)} as written, {len(otherwise)} otherwise")
