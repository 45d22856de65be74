"""What the machine is like that the checks run on."""

import subprocess
import time
from pathlib import Path

from peers import ROOT

USUAL_START = 0.05  # seconds, of a JVM that does nothing, where the bounds of starts were set


def java_program():
    """The JDK that the launcher has found."""
    found = subprocess.run(["sh", "-c", ". .mvn/find-jdk && echo $JAVA_HOME"], cwd=ROOT, capture_output=True, text=True)
    return Path(found.stdout.strip().splitlines()[-1]) / "bin/java"


def slowness():
    """How many times longer a JVM takes to start than where the bounds of starts were set; 1 at least."""
    java, starts = java_program(), []
    for _ in range(10):
        begin = time.monotonic()
        subprocess.run([java, "-version"], capture_output=True, check=True)
        starts.append(time.monotonic() - begin)
    return max(1, min(starts) / USUAL_START)
