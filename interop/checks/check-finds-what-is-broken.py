"""`ehlo check` names what is wrong first, with thirty domains that are broken on purpose, and nothing with healthy ones.

Each domain has its own names (nsd) and servers, in namespaces with real addresses and, where it is about that, real packet
filters (nftables). Two healthy ones have a greet delay and greylisting; one of them is Ehlo itself. Then port 25 is filtered,
refused and rewritten on the way out.
"""

import ipaddress
import json
import os
import shutil

import world
from ehlo import EHLO, Server, expect, temporary
from locks import Authority, Dated
from names import Names
from world import Host

world.enter()
folder = temporary("check")


authority = Dated()
world.trust(authority.file)

zones = {}
hosts = []
expected = {}
number = 0
NO_TLS = tuple(word for word in Host.USUAL if word != "STARTTLS")


def reversed_name(address):
    return ".".join(reversed(address.split("."))) + ".in-addr.arpa"


def address():
    """A new address with a machine."""
    global number
    number += 1
    found = f"45.45.{number // 250}.{number % 250 + 1}"
    world.host(found)
    return found


def named(name, *addresses, ptr=True):
    zones[name] = [f"A {a}" for a in addresses]
    for a in addresses if ptr else ():
        zones[reversed_name(a)] = [f"PTR {name}"]


def domain(label, first, tls=None, ptr=True, records=None, server=True, options=(), **manners):
    """`LABEL.org` with a host mx.LABEL.org that is healthy but for its manners; `first`: what must be found first."""
    domain, mx = f"{label}.org", f"mx.{label}.org"
    expected[domain] = (first, tuple(options))
    at = address()
    zones[domain] = records if records is not None else [f"MX 10 {mx}"]
    named(mx, at, ptr=ptr)
    if server:
        manners.setdefault("name", mx)
        hosts.append(Host(at, tls=tls or authority.issue(mx), domain=domain, **manners))
    return at


def second_host(name):
    """Another MX of a domain, healthy."""
    domain, mx = f"{name}.org", f"mx2.{name}.org"
    at = address()
    zones[domain].append(f"MX 20 {mx}")
    named(mx, at)
    hosts.append(Host(at, name=mx, tls=authority.issue(mx)))


# The DNS.
expected["nothere.org"] = (("fail", "mx", "no such domain"), ())
domain("nomail", ("fail", "mx", "neither an MX record nor an address"), records=["TXT x"], server=False)
domain("bothnull", ("fail", "mx", "null MX"), records=["MX 0 .", "MX 10 mx.bothnull.org"])
domain("twice", ("warn", "mx", "two MX records"), records=["MX 10 mx.twice.org", "MX 20 mx.twice.org"])
domain("gone", ("fail", "target", "not in the DNS"), records=["MX 10 elsewhere.gone.org"], server=False)
domain("noaddress", ("fail", "target", "no address"), records=["MX 10 text.noaddress.org"], server=False)
zones["text.noaddress.org"] = ["TXT x"]
domain("alias", ("warn", "target", "alias (CNAME)"), records=["MX 10 www.alias.org"], tls=authority.issue("www.alias.org"))
zones["www.alias.org"] = ["CNAME mx.alias.org"]
domain("literal", ("fail", "target", "names an address"), records=["MX 10 45.45.9.9"], server=False)
domain("private", ("fail", "target", "private"), records=["MX 10 inside.private.org", "MX 20 mx.private.org"])
zones["inside.private.org"] = ["A 192.168.1.25"]
expected["servfail.org"] = (("unknown", "mx", "SERVFAIL"), ())
# Connections.
domain("refused", ("fail", "connect", "refused"), server=False)
dropped = domain("dropped", ("fail", "connect", "port 25 is filtered"))
second_host("dropped")
hosts.append(Host(dropped, name="mx.dropped.org", tls=authority.issue("mx.dropped.org"), port=587))
prohibited = domain("prohibited", ("fail", "connect", "cannot be reached"))
domain("resets", ("fail", "greeting", "ended before a greeting"), greeting="RESET")
domain("mute", ("fail", "greeting", "no greeting in"), greeting="")
domain("noservice", ("fail", "greeting", "554 no service"), greeting="554 no service")
domain("busy", ("warn", "greeting", "421 too busy"), greeting="421 too busy")
domain("ssh", ("fail", "greeting", "no mail server"), greeting="SSH-2.0-OpenSSH_10.0")
domain("masked", ("warn", "greeting", "rewritten"), greeting="220 ******************")
domain("bareLF".lower(), ("warn", "greeting", "LF alone"), greeting="220 mx.barelf.org hello\n")
domain("slow", ("warn", "greeting", "answers slowly after that too"), delay=4, slow=1.6)
# EHLO and TLS.
domain("helo", ("warn", "ehlo", "HELO is taken"), replies=[("EHLO", "502 what"), ("HELO", "250 mx.helo.org")])
domain("localhost-name", ("warn", "ehlo", "a name of every machine"), name="localhost.localdomain")
domain("nameless", ("warn", "ehlo", "no full name"), name="mailserver")
domain("cleartext", ("warn", "starttls", "not offered"), offers=NO_TLS)
stripped = domain("stripped", ("fail", "starttls", "on port 587 of the same host it is"), offers=NO_TLS)
hosts.append(Host(stripped, name="mx.stripped.org", tls=authority.issue("mx.stripped.org"), port=587))
domain("tlsrefused", ("fail", "starttls", "then refused"), replies=[("STARTTLS", "454 4.7.0 TLS not available")])
domain("handshake", ("fail", "starttls", "handshake fails"), replies=[("STARTTLS", "220 go on then")])
domain("injected", ("fail", "starttls", "something more comes in the clear"), replies=[("STARTTLS", "220 go\r\n250 hi\r\n")])
domain("expired", ("fail", "cert", "expired"), tls=authority.expired("mx.expired.org"))
domain("ends", ("warn", "cert", "ends in"), tls=authority.soon("mx.ends.org"))
domain("othername", ("warn", "cert", "WRONG NAME"), tls=authority.issue("mail.provider.net"))
domain("selfsigned", ("warn", "cert", "SELF-SIGNED"), tls=authority.by_itself("mx.selfsigned.org"))
domain("stranger", ("warn", "cert", "not one that can be verified"), tls=Authority("A stranger").issue("mx.stranger.org"))
# Policy.
domain("openrelay", ("fail", "relay", "takes a recipient elsewhere"), replies=[("RCPT", "250 fine")])
domain("percent", ("fail", "relay", "%"), replies=[("RCPT TO:<postmaster%", "250 fine")])
domain("refusesrcpt", ("fail", "rcpt", "550"), options=("--rcpt", "zed@refusesrcpt.org"))
domain("nobounces", ("warn", "nullsender", "refused"), replies=[("MAIL FROM:<>", "550 5.7.1 no null sender")])
domain("nopostmaster", ("warn", "postmaster", "no postmaster"), replies=[("RCPT TO:<postmaster@nop", "550 5.1.1 who?")])
domain("tiny", ("warn", "extensions", "octets only"), offers=("SIZE 20000", "STARTTLS", "PIPELINING"))
domain("noptr", ("warn", "rdns", "no name"), ptr=False)
falsely = domain("falseptr", ("warn", "rdns", "does not lead back"))
zones[reversed_name(falsely)] = ["PTR mail.falseptr.org"]
listed = domain("listed", ("fail", "dnsbl", "seen sending spam"), options=("--dnsbl", "list.example"))
zones[".".join(reversed(listed.split("."))) + ".list.example"] = ["A 127.0.0.2", 'TXT "seen sending spam"']
# Health.
patient = ("--timeout", "20s")  # a busy machine is no false alarm
greylisting = [("RCPT", "450 4.2.0 Greylisted, try again in 5 minutes")]
domain("healthy", None, delay=4, replies=greylisting, options=("--rcpt", "bob@healthy.org", *patient))
SIX = "2a00:45::9"
world.host(SIX)
zones["mx.healthy.org"].append(f"AAAA {SIX}")
zones[ipaddress.ip_address(SIX).reverse_pointer] = ["PTR mx.healthy.org"]
hosts.append(Host(SIX, name="mx.healthy.org", tls=hosts[-1].tls, domain="healthy.org", delay=4, replies=greylisting))
home = domain("ehlo", None, server=False, options=("--rcpt", "bob@ehlo.org", *patient))
zones["client.example.net"] = [f"A {world.CLIENT}"]

world.filter_world(f"ip daddr {dropped} tcp dport 25 drop")
world.filter_world(f"ip daddr {prohibited} tcp dport 25 reject with icmp type admin-prohibited")

CONTROL = address()
TARGETS = [address() for _ in range(3)]
for i, target in enumerate(TARGETS):
    named(f"target{i}.net", target)
    hosts.append(Host(target, name=f"target{i}.net", tls=authority.issue(f"target{i}.net")))
    hosts.append(Host(target, name=f"target{i}.net", tls=authority.issue(f"target{i}.net"), port=587))


def check(*words, names, seconds=240):
    done = world.from_client(
        EHLO, "check", *words, "--json", *(() if "--timeout" in words else ("--timeout", "4s")),
        *("--set", f"dns.servers={names.server}", "--set", "hostname=client.example.net"), timeout=seconds,
    )
    expect(done.stdout.startswith("{"), f"ehlo check {words}: {done.returncode}: {done.stdout}{done.stderr}")
    found = json.loads(done.stdout)
    expect(found["exit"] == done.returncode, f"ehlo check {words}: status {done.returncode}, and the JSON says {found['exit']}")
    return found


def judge(name, first, found):
    """What is wrong with the answer; None: nothing."""
    told = [f for f in found["findings"] if f["result"] in ("fail", "warn", "unknown")]
    if first is None:
        return f"{name}: false alarm: {told}" if told or found["exit"] else None
    result, check_id, fragment = first
    if not told:
        return f"{name}: nothing was found, and not {first}"
    top = told[0]
    if (top["result"], top["check"]) != (result, check_id) or fragment.lower() not in top["saw"].lower():
        return f"{name}: wanted {first}, and first is {top}"
    if result == "fail" and found["exit"] != 51:
        return f"{name}: exit {found['exit']}"
    return None


def port25(rule, names, result, fragment, exit):
    if rule:
        world.filter_client(rule)
    try:
        found = check("--port25", "--probe=" + ",".join(f"target{i}.net" for i in range(3)), names=names)
    finally:
        world.unfilter_client()
    top = next(f for f in found["findings"] if f["where"] == "out, IPv4")
    expect(
        top["result"] == result and fragment.lower() in top["saw"].lower() and found["exit"] == exit,
        f"port 25 with {rule!r}: wanted {result}, {fragment!r}, exit {exit}; found {found['exit']}, {top}",
    )
    print("ok port 25", rule or "open", top["saw"], flush=True)


ONLY = os.environ.get("DOMAINS", "").split()  # to look at some of them again

wrong = []
with Names(folder, zones, world.RESOLVER, broken=("servfail.org",)) as names:
    certificate, key = authority.issue("mx.ehlo.org")
    settings = {
        "hostname": "mx.ehlo.org",
        "domains": "ehlo.org",
        "dns.servers": names.server,
        "tls.certificate": certificate,
        "tls.key": key,
        "smtp.greet-pause": "4s",
        "policy.greylisting": "5m",
    }
    with Server(("bob@ehlo.org",), settings=settings, address=(home, 25)):
        for name, (first, options) in expected.items():
            if ONLY and name not in ONLY:
                continue
            problem = judge(name, first, check(name, *options, names=names))
            if problem:  # a host that this machine held up for seconds is slow, and looks so; what is really wrong stays so
                print("again", name, problem, flush=True)
                problem = judge(name, first, check(name, *options, names=names))
            if problem:
                wrong.append(problem)
            print("WRONG" if problem else "ok", name, problem or first or "no alarm", flush=True)
    port25(None, names, "ok", "open", 0)
    port25("ip protocol tcp tcp dport 25 drop", names, "fail", "filtered", 51)
    port25("tcp dport 25 reject with tcp reset", names, "fail", "rejected", 51)
    port25("tcp dport { 25, 443, 587 } drop", names, "unknown", "no way out at all", 52)
    for host in hosts:
        if host.name.startswith("target"):
            host.greeting = "220 " + "*" * 30
    port25(None, names, "fail", "REWRITTEN", 51)
    for host in hosts:
        if host.name.startswith("target"):
            host.greeting, host.offers = f"220 {host.name} ESMTP", NO_TLS
    port25(None, names, "fail", "STRIPPED", 51)
    quiet = check("--port25", names=names)
    expect(quiet["exit"] == 52 and not quiet["hosts"], f"without --probe somebody was called: {quiet}")

data = [(host.name, line) for host in hosts for line in host.heard if line.upper().startswith(("DATA", "BDAT"))]
expect(not data, f"a diagnosis has begun to send a mail: {data}")
broken = len([first for first, _ in expected.values() if first])
expect(not wrong, f"{len(wrong)} of {len(expected)} domains: " + "; ".join(wrong))
print(f"figure: {broken} broken domains named, {len(expected) - broken} healthy ones left in peace")
shutil.rmtree(folder, ignore_errors=True)
