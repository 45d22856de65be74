"""poplib, curl, fetchmail, mpop and mutt read a maildrop, octet for octet, and delete from it."""

import poplib
import re

from ehlo import PASSWORD, Server, expect, temporary
from mails import TRICKY, by_fetchmail, by_mpop, content, maildrop, run, sample
from terminal import Terminal

MAILS = [sample("first"), sample("second", TRICKY), sample("third", [f"line {n}" for n in range(5000)])]


def by_poplib(server):
    pop = poplib.POP3("127.0.0.1", server.pop3, timeout=90)
    print(pop.getwelcome(), pop.capa())
    pop.user("ann")
    pop.pass_(PASSWORD)
    count, octets = pop.stat()
    sizes = [int(line.split()[1]) for line in pop.list()[1]]
    uids = [line.split()[1] for line in pop.uidl()[1]]
    expect(count == len(sizes) == len(uids) == len(set(uids)), f"STAT {count}, LIST {sizes}, UIDL {uids}")
    expect(octets == sum(sizes), f"STAT says {octets} octets, LIST {sum(sizes)}")
    mails = [b"".join(line + b"\r\n" for line in pop.retr(n)[1]) for n in range(1, count + 1)]
    expect([len(m) for m in mails] == sizes, f"LIST says {sizes}, RETR gave {[len(m) for m in mails]}")
    top = pop.top(3, 2)[1]
    expect(top[-2:] == [b"line 0", b"line 1"], f"TOP 3 2 ends with {top[-3:]}")
    pop.dele(1)
    pop.rset()
    pop.noop()
    pop.quit()
    return mails


def by_curl(server):
    url = f"pop3://127.0.0.1:{server.pop3}/"
    ask = ["curl", "--silent", "--show-error", "--user", f"ann@localhost:{PASSWORD}"]
    listed = run([*ask, url]).decode()
    numbers = re.findall(r"^(\d+) \d+\r?$", listed, re.M)
    return [run([*ask, f"{url}{number}"]) for number in numbers]


def by_mutt(server):
    """mutt opens the maildrop in a terminal, copies every mail into a mailbox of its own and leaves."""
    folder = temporary("mutt")
    (folder / "copy").mkdir()
    (folder / "muttrc").write_text(
        f"""set folder={folder}
set spoolfile=pop://127.0.0.1:{server.pop3}/
set pop_user="ann@localhost"
set pop_pass="{PASSWORD}"
set pop_authenticators="user"
set ssl_starttls=no ssl_force_tls=no
set pop_delete=no quit=yes confirmappend=no confirmcreate=no delete=no move=no
set mbox_type=maildir
set message_cachedir="" header_cache=""
push "T.\\n;C={folder.name}-copy\\n"
"""
    )
    with Terminal(f"mutt -n -F {folder}/muttrc") as terminal:
        terminal.wait_for(r"third")
        terminal.wait_for(r"Msgs:3")
        terminal.press("q")
        terminal.wait_for(r"3 kept, 0 deleted")
    files = [f for f in folder.rglob("*") if f.is_file() and f.parent.name in ("cur", "new")]
    mails = [f.read_bytes().replace(b"\n", b"\r\n") for f in files]
    mails.sort(key=lambda mail: [i for i, m in enumerate(MAILS) if re.search(rb"Subject: .*", m).group() in mail])
    # mutt notes in a header of its own what it has read and how long the mail is.
    return [re.sub(rb"^(Status|Content-Length|Lines|X-Status): .*\r\n", b"", m, flags=re.M) for m in mails]


with Server() as server:
    with server.client() as smtp:
        for mail in MAILS:
            smtp.sendmail("bob@client.example", ["ann@localhost"], mail, mail_options=["BODY=8BITMIME"])
    for read in (by_poplib, by_curl, by_mpop, by_fetchmail, by_mutt):
        print(f"--- {read.__name__}")
        mails = read(server)
        expect(len(mails) == 3, f"{read.__name__}: read {len(mails)} mails, not 3")
        for sent, mail in zip(MAILS, mails):
            expect(content(mail) == sent, f"{read.__name__}: sent {sent[:1500]!r}, read {content(mail)[:1500]!r}")
    expect(len(maildrop(server, delete=True)) == 3, "the maildrop no longer held the three mails")
    expect(maildrop(server) == [], "mails deleted by DELE and QUIT are still there")
