"""The names of a check: Debian's nsd as the authority for everything there is, on a loopback address and port of ours."""

import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from ehlo import Server
from peers import PARTS, end, free_port
from taker import Taker

NSD = PARTS / "nsd/usr/sbin"


def own_network():
    """Three of four numbers of loopback addresses that no other check on this machine is likely to use now."""
    return f"127.{random.randint(20, 250)}.{random.randint(1, 250)}"


class Names:
    """Serves the root, so that a name which is not in the zones does not exist, whatever it is.

    `zones` maps a name to its records: {"a.test": ["MX 10 mx.a.test", "A 127.0.0.11"], "b.test": ["MX 0 ."]}. Names are
    absolute with or without the dot at the end. The names in `broken` and all below them are answered with SERVFAIL.
    """

    def __init__(self, folder, zones, address="127.0.0.1", broken=()):
        self.folder = Path(folder).resolve() / "nsd"
        self.folder.mkdir()
        self.zones, self.serial, self.broken = dict(zones), 1, tuple(broken)
        self.address, self.port = address, free_port([address])
        self.server = f"{address}:{self.port}"
        self._write()
        (self.folder / "nsd.conf").write_text(self._configuration())
        self.process = subprocess.Popen(
            [NSD / "nsd", "-d", "-c", self.folder / "nsd.conf"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=open(self.folder / "stderr", "w"),
        )
        try:
            self._wait_for_serial()
        except RuntimeError:
            end(self.process)
            raise

    def _configuration(self):
        zones = ['zone:\n  name: "."\n  zonefile: "root.zone"\n']
        # A zone without its file is one that the server cannot answer for.
        zones += [f'zone:\n  name: "{name}"\n  zonefile: "missing.zone"\n' for name in self.broken]
        return (
            f"""server:
  ip-address: {self.address}
  port: {self.port}
  username: ""
  chroot: ""
  zonesdir: "{self.folder}"
  database: ""
  pidfile: "{self.folder}/nsd.pid"
  xfrdfile: "{self.folder}/xfrd.state"
  zonelistfile: "{self.folder}/zone.list"
  logfile: "{self.folder}/log"
  server-count: 1
  rrl-ratelimit: 0
  round-robin: no
remote-control:
  control-enable: no
"""
            + "".join(zones)
        )

    def _write(self):
        lines = ["$TTL 1", f". SOA ns.invalid. names.invalid. {self.serial} 1 1 1 1", ". NS ns.invalid."]
        for name, records in self.zones.items():
            lines += [f"{name.rstrip('.')}. {self._absolute(record)}" for record in records]
        (self.folder / "root.zone").write_text("\n".join(lines) + "\n")

    @staticmethod
    def _absolute(record):
        """Names in MX, CNAME and NS records are absolute whether they end with a dot or not."""
        words = record.split()
        if words[0] in ("MX", "CNAME", "NS", "PTR", "SRV"):
            words[-1] = words[-1].rstrip(".") + "."
        return " ".join(words)

    def change(self, zones):
        """Adds names or replaces their records."""
        self.zones |= zones
        self.serial += 1
        self._write()
        os.kill(self.process.pid, signal.SIGHUP)
        self._wait_for_serial()

    def _wait_for_serial(self, seconds=90):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            if f" {self.serial} 1 1 1 1" in self.ask(".", "SOA"):
                return
            time.sleep(0.05)
        said = "".join((self.folder / f).read_text() for f in ("stderr", "log") if (self.folder / f).exists())
        raise RuntimeError(f"nsd does not serve what it was given: {said[-1500:]}")

    def ask(self, name, kind):
        """What ldns's drill is answered: its whole output."""
        drill = ["drill", "-p", str(self.port), f"@{self.address}", name, kind]
        return subprocess.run(drill, capture_output=True, text=True, timeout=30).stdout

    def __enter__(self):
        return self

    def __exit__(self, *_):
        end(self.process)


class Internet:
    """Some hosts with an address and a name each, all of them on one port: what a check relays to.

    The host "a.test" is the MX `mx.a.test` of the domain `a.test`; `zones` has more names, or others for these domains,
    where {a.test} stands for the address of that host.
    """

    def __init__(self, *hosts, zones=None, broken=()):
        network = own_network()
        self.addresses = {host: f"{network}.{number}" for number, host in enumerate(hosts, 11)}
        self.port = free_port(list(self.addresses.values()))
        all_zones = {host: [f"MX 10 mx.{host}"] for host in hosts}
        all_zones |= {f"mx.{host}": [f"A {address}"] for host, address in self.addresses.items()}
        for name, records in (zones or {}).items():
            all_zones[name] = [self._filled(record) for record in records]
        self.folder = Path(tempfile.mkdtemp(prefix="ehlo-names-"))
        self.names = Names(self.folder, all_zones, f"{network}.53", broken)

    def _filled(self, record):
        for host, address in self.addresses.items():
            record = record.replace(f"{{{host}}}", address)
        return record

    def ehlo(self, host, users=(), settings=None, **more):
        """Ehlo as this host, for mail of its domain, relaying for all of us."""
        settings = {
            "hostname": f"mx.{host}",
            "domains": host,
            "relay.port": self.port,
            "dns.servers": self.names.server,
            "policy.relay-networks": "127.0.0.0/8",
            "queue.retry": "1s",
        } | (settings or {})
        return Server(users, settings=settings, address=(self.addresses[host], self.port), **more)

    def taker(self, host, **options):
        return Taker(self.addresses[host], self.port, **options)

    def server(self, kind, host, **options):
        """One of the servers of servers.py."""
        return kind(host, self.addresses[host], self.port, **options)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.names.__exit__()
        shutil.rmtree(self.folder, ignore_errors=True)
