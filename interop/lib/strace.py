"""strace at a running server: what its calls of the system are answered, or which of them kills it."""

import os
import subprocess
from pathlib import Path

from ehlo import Failed
from taker import until


def attach(server, calls, injected):
    """strace, injecting this into these calls; it has every thread of the server when this returns."""
    pid = server.java()
    strace = subprocess.Popen(
        ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}", "-e", f"inject={calls}:{injected}", "-p", str(pid)],
        stderr=subprocess.PIPE,
    )

    def has_all():
        if strace.poll() is not None:
            raise Failed(f"strace cannot attach: {strace.stderr.read().decode()}")
        return all(is_traced(f"/proc/{pid}/task/{thread}") for thread in os.listdir(f"/proc/{pid}/task"))

    until(has_all, 60, "strace does not attach to every thread")
    return strace


def is_traced(thread):
    try:
        return "TracerPid:\t0\n" not in Path(thread, "status").read_text()
    except OSError:  # it has ended
        return True
