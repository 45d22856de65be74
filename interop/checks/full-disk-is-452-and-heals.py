"""A full disk is answered with 452 4.3.1 and never with 250; with room again mail is taken without a restart.

The data folder is on a small ext4 file system of its own, mounted in a mount namespace that ends with this check.
"""

import os
import subprocess
import sys
import time

from ehlo import Failed, Server, expect, temporary
from ledger import Ledger
from mails import maildrop

if "IN_NAMESPACE" not in os.environ:
    os.environ["IN_NAMESPACE"] = "yes"
    os.execvp("unshare", ["unshare", "-m", "--propagation", "private", sys.executable, *sys.argv])


def small_file_system(megabytes):
    folder = temporary("disk")
    image, at = folder / "image", folder / "at"
    at.mkdir()
    with open(image, "wb") as f:
        f.truncate(megabytes * 1_000_000)
    for command in (["mkfs.ext4", "-q", "-m", "0", "-O", "^has_journal", image], ["mount", "-o", "loop", image, at]):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise Failed(f"{command[0]}: {done.stderr}")
    return at


def fill(folder):
    """Takes all the room that is left, to the last block."""
    with open(folder / "ballast", "ab", buffering=0) as ballast:
        for piece in (1_000_000, 4096, 512):
            try:
                while True:
                    ballast.write(b"\0" * piece)
            except OSError:
                pass


disk = small_file_system(96)
(disk / "room").write_bytes(b"\0" * 20_000_000)  # given back after the first round
ledger = Ledger()
with Server(data=disk / "data") as server:
    for way in ("filled by mail", "filled by others"):
        print(f"--- {way}; {len(ledger.acknowledged)} acknowledged so far")
        smtp = server.client()
        if way == "filled by others":
            fill(disk)
        for n in range(1000):
            code, text = ledger.send(smtp, 300_000 if way == "filled by mail" else 20_000)
            if code != 250:
                break
        print(f"after {n} mails: {code} {text}")
        expect((code, text[:6]) == (452, b"4.3.1 "), f"a full disk was answered {code} {text}")
        expect(smtp.noop()[0] == 250, "the session does not go on after the 452")
        fill(disk)
        for _ in range(10):
            code, text = ledger.send(smtp, 300_000)
            expect((code, text[:6]) == (452, b"4.3.1 "), f"a full disk was answered {code} {text}")
        other = server.client()  # a new connection is told the same
        code, text = ledger.send(other, 300_000)
        expect((code, text[:6]) == (452, b"4.3.1 "), f"a full disk was answered {code} {text}")
        ledger.audit(maildrop(server))  # and POP3 goes on

        (disk / "ballast").unlink()
        (disk / "room").unlink(missing_ok=True)
        deadline = time.monotonic() + 90
        while (answer := ledger.send(smtp, 4096))[0] != 250:
            expect(time.monotonic() < deadline, f"90 s after there is room again: {answer}")
            time.sleep(0.2)
        print(f"with room again: {answer}")
        extra = ledger.audit(maildrop(server))
        expect(not extra, f"refused with 452 and there all the same: {sorted(extra)}")
        smtp.quit()
        other.quit()
    server.verify()
    server.kill()
    server.start()
    expect(not ledger.audit(maildrop(server)), "a refused mail appeared after the restart")
    server.verify()
    log = server.said()
    expect("4.3.1" in log or "space" in log or "full" in log, "the log has no word about the full disk")
    print(f"figure: {len(ledger.acknowledged)} acknowledged and there, {len(ledger.refused)} refused with 452 and not there")
