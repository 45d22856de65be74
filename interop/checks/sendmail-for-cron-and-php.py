"""cron's pipe, PHP's mail(), git send-email, mutt and s-nail send by `ehlo sendmail`, as root and as another user.

They call it as /opt/bin/sendmail, a symbolic link to the launcher, in a mount namespace where the checkout is at /opt/ehlo:
so another user can enter it, wherever it stands.
"""

import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from ehlo import EHLO, Server, ehlo, expect
from mails import maildrop
from taker import until

SENDMAIL = "/opt/bin/sendmail"
NOBODY = "nobody"
PLACED = r"""
set -e
mount -t tmpfs -o mode=755 tmpfs /opt && mkdir /opt/ehlo /opt/bin && mount --bind "$1" /opt/ehlo
for name in sendmail mailq newaliases; do ln -s /opt/ehlo/ehlo /opt/bin/$name; done
cd "$2"
shift 2
exec "$@"
"""


def call(user, command, stdin=b"", env=None, **more):
    """Runs a program as this user, with an environment as small as cron's; returns what became of it."""
    powers = ["setpriv", f"--reuid={user}", f"--regid={'nogroup' if user == NOBODY else 'root'}", "--clear-groups"]
    checkout = str(Path(EHLO).resolve().parent)
    place = ["unshare", "--mount", "--propagation", "private", "sh", "-c", PLACED, "sh", checkout, HOME[user]]
    small = {"PATH": "/usr/bin:/bin", "HOME": HOME[user], "LOGNAME": user, "SHELL": "/bin/sh"}
    small |= {"EHLO_LISTEN_SUBMIT": str(SOCKET)} | (env or {})
    small |= {name: os.environ[name] for name in ("JAVA_HOME", "JAVA_TOOL_OPTIONS") if name in os.environ}
    whole = [*place, *powers, *map(str, command)]
    return subprocess.run(whole, input=stdin, env=small, capture_output=True, timeout=120, **more)


def sendmail(user, *arguments, stdin=b"", name=SENDMAIL):
    return call(user, [name, *arguments], stdin)


def done(what):
    said = (what.stdout + what.stderr).decode("utf-8", "replace")
    expect(what.returncode == 0, f"{what.args[-6:]}: status {what.returncode}: {said[-2000:]}")


def cron(user, subject):
    """What Debian's cron writes, and how it calls."""
    mail = f"From: {user} (Cron Daemon)\nTo: ann\nSubject: {subject}\nMIME-Version: 1.0\n"
    mail += "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\nX-Cron-Env: <SHELL=/bin/sh>\n\n"
    mail += "a line\n.\nanother: Grüße\n"
    done(sendmail(user, "-FCronDaemon", "-i", "-B8BITMIME", "-oem", "ann", stdin=mail.encode()))
    return "another: Grüße", False


def by_header(user, subject):
    mail = f"To: Ann <ann@localhost>,\n undisclosed: ;\nBcc: bob\nSubject: {subject}\n\nto all of you\n"
    done(sendmail(user, "-t", "-i", stdin=mail.encode()))
    return "to all of you", True


def php(user, subject):
    script = 'exit(mail("ann@localhost", $argv[1], "from the web\n.\nmore\n",'
    script += ' "From: Shop <shop@shop.example>\r\nBcc: bob@localhost", "-fbounces@shop.example") ? 0 : 1);'
    done(call(user, ["php", "-d", f"sendmail_path={SENDMAIL} -t -i", "-r", script, "--", subject]))
    return "from the web", True


def git(user, subject):
    """It takes no address whose domain has no dot."""
    folder = HOME[user] + "/repository"
    shutil.rmtree(folder, ignore_errors=True)
    commands = f"""
set -e
git init -q {folder}; cd {folder}
git config user.name Ann; git config user.email ann@localhost
echo one >file; git add file; git commit -q -m "{subject}"
git send-email --quiet --confirm=never --suppress-cc=all --smtp-server={SENDMAIL} --to=ann@mail.test --bcc=bob@mail.test \
  --from='Developer <dev@project.example>' -1
"""
    done(call(user, ["sh", "-c", commands]))
    return "+one", True


def mutt(user, subject):
    rc = Path(HOME[user]) / "muttrc"
    rc.write_text(f'set sendmail="{SENDMAIL} -oi -oem"\nset copy=no record="" folder={HOME[user]} use_envelope_from=no\n')
    rc.chmod(0o644)
    words = ["mutt", "-n", "-F", rc, "-s", subject, "-b", "bob@localhost", "--", "ann@localhost"]
    done(call(user, words, b"from a person\n.\n"))
    return "from a person", True


def s_nail(user, subject):
    words = ["s-nail", "-n", "-S", f"mta={SENDMAIL}", "-s", subject, "-b", "bob@localhost", "ann@localhost"]
    done(call(user, words, b"by mailx\n"))
    return "by mailx", True


def arrived(user, program):
    subject = f"{program.__name__} of {user}"
    print(f"--- {subject}")
    text, blind = program(user, subject)
    (mail,) = maildrop(SERVER, delete=True)
    head, _, body = mail.decode().replace("\r\n", "\n").partition("\n\n")
    print(head)
    expect(re.search(rf"^Subject: .*{subject}$", head, re.M), f"{subject}: the subject is lost: {head}")
    expect(text in body, f"{subject}: {text!r} is lost: {body}")
    expect(f"(Ehlo, from user {user})" in head, f"{subject}: Received does not say whose it is: {head}")
    expect(not re.search(r"^Bcc:", head, re.M | re.I), f"{subject}: Bcc is shown: {head}")
    for field in ("Date", "From", "Message-ID"):
        expect(len(re.findall(rf"^{field}:", head, re.M | re.I)) == 1, f"{subject}: no {field}: {head}")
    others = maildrop(SERVER, "bob@localhost", delete=True)
    expect(len(others) == (1 if blind else 0), f"{subject}: {len(others)} mails for bob")
    return head


FOLDER = Path(tempfile.mkdtemp(prefix="ehlo-sendmail-", dir="/var/tmp"))
FOLDER.chmod(0o755)
SOCKET = FOLDER / "submit.sock"
DOMAINS = "domains=localhost,mail.test"
SETTINGS = {"listen.submit": SOCKET, "domains": DOMAINS.partition("=")[2]}
HOME = {"root": str(FOLDER / "root"), NOBODY: str(FOLDER / "nobody")}
try:
    for user, home in HOME.items():
        os.mkdir(home, 0o755)
        shutil.chown(home, user)
    with Server(users=("ann@localhost", "bob@localhost"), settings=SETTINGS) as SERVER:
        for name in ("ann", "bob"):
            made = ehlo("alias", "add", f"{name}@mail.test", f"{name}@localhost", "--data", SERVER.data, "--set", DOMAINS)
            expect(made.returncode == 0, f"no alias: {made.stderr}")
        for user in ("root", NOBODY):
            for program in (cron, by_header, php, git, mutt, s_nail):
                head = arrived(user, program)
                if program is php:
                    expect("Return-Path: <bounces@shop.example>" in head, f"-f of PHP is lost: {head}")
                elif program is cron:
                    expect(f"Return-Path: <{user}@localhost>" in head, f"the sender is not {user}: {head}")

        print("--- what goes wrong is told by the exit code")
        mail = b"Subject: x\n\nx\n"
        for arguments, code in (
            (["who@localhost"], 67),
            (["ann@localhost", "-y"], 64),
            ([], 64),
            (["two words"], 64),
        ):
            failed = sendmail(NOBODY, *arguments, stdin=mail)
            print(failed.returncode, failed.stderr.decode())
            expect(failed.returncode == code, f"{arguments}: status {failed.returncode}, not {code}")
            expect(failed.stderr.count(b"\n") == 1, f"{arguments}: {failed.stderr}")
        big = sendmail(NOBODY, "ann", stdin=b"Subject: x\n\n" + b"x" * 79 * 500_000)
        expect(big.returncode == 65 and b"552 5.3.4" in big.stderr, f"a huge mail: {big.returncode} {big.stderr}")
        expect(maildrop(SERVER) == [], "what was refused has arrived")

        print("--- the other names")
        done(sendmail("root", name="/opt/bin/newaliases"))
        (FOLDER / "ehlo.toml").write_text(f'data = "{SERVER.data}"\n')
        done(sendmail("root", "-C", FOLDER / "ehlo.toml", name="/opt/bin/mailq"))

        print("--- how long it takes")
        took = []
        for number in range(5):
            begin = time.monotonic()
            done(sendmail(NOBODY, "-i", "ann", stdin=mail))
            took.append(time.monotonic() - begin)

        SERVER.stop()
        away = sendmail(NOBODY, "ann", stdin=mail)
        print(away.returncode, away.stderr.decode())
        expect(away.returncode == 75, f"without a server: {away.returncode} {away.stderr}")
        SERVER.start()
        done(sendmail(NOBODY, "ann", stdin=mail))
        expect(len(maildrop(SERVER, delete=True)) == len(took) + 1, "a mail is lost")

        print("--- killed: what was promised is there")
        SERVER.kill()
        expect(sendmail(NOBODY, "ann", stdin=mail).returncode == 75, "a dead server's socket does not mean 75")
        SERVER.start()
        done(sendmail(NOBODY, "ann", stdin=mail))
        SERVER.kill()
        SERVER.start()
        expect(len(maildrop(SERVER, delete=True)) == 1, "a mail with exit 0 did not outlive kill -9")

        print("--- who is not named may not")
        SERVER.stop()
        SERVER.settings["policy.submit-users"] = "root"
        SERVER.start()
        other = sendmail(NOBODY, "ann", stdin=mail)
        expect(other.returncode == 77 and b"550 5.7.1" in other.stderr, f"nobody: {other.returncode} {other.stderr}")
        done(sendmail("root", "ann", stdin=mail))
    with Server(users=()) as SERVER:  # the socket where it stands when nobody says otherwise
        until((SERVER.data / "submit.sock").exists, 90, "no submit.sock in the data folder")
        SOCKET = SERVER.data / "submit.sock"
        done(sendmail("root", "postmaster", stdin=mail))
        other = sendmail(NOBODY, "postmaster", stdin=mail)
        expect(other.returncode == 75 and b"denied" in other.stderr, f"nobody: {other.returncode} {other.stderr}")
    print(f"figure: a mail by `ehlo sendmail` takes {statistics.median(took):.2f} s")
finally:
    shutil.rmtree(FOLDER, ignore_errors=True)
