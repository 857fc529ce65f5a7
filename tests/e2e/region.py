"""Houses of a region as programs, on a real PostgreSQL that the test starts itself.

Every house has its own database, its own dynamo-sync and, where the machine allows it (root), a
network of its own, out of which nothing leads but its lines to the server: relays that the test can
cut, hold up or point to another server.
"""
import concurrent.futures
import ctypes
import datetime
import fcntl
import json
import os
import pathlib
import shutil
import socket
import sqlite3
import struct
import subprocess
import threading
import time

from postgres import Server, bin_folder
from trial import House, same, skip

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = json.loads((ROOT / "assets/sample/roster.json").read_text())
NOW = "2026-03-24T10:00:00+01:00"
FIRST, LAST = "2026-03-25", "2026-03-27"
SITES = ["alpha", "beta", "gamma", "delta", "epsilon"]
PATIENCE_S = 600


def person(n=0, **more):
    """Somebody whose every field is a canary."""
    word = "".join(chr(ord("a") + int(d)) for d in str(n))  # a name has no digits
    return {"given": f"Kanarie{word}", "family": f"Geelvink{word}", "birth": f"200{n % 6 + 1}-05-{n % 28 + 1:02}",
            "municipality": "1674", "topic": "school", "phone": f"+316777{n:05}",
            "email": f"kanarie{n}@geelvink.example", **more}


LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNET, SIOCSIFFLAGS, IFF_UP = 0x40000000, 0x8914, 1


class Network:
    """A network with nothing but a loopback of its own, or, where none may be made, that of the
    machine. The kernel keeps it by thread: what is done inside has a thread of its own."""

    def __init__(self):
        self.fd = self.thread(self.begin) if shutil.which("nsenter") else None

    @staticmethod
    def thread(function, *args):
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            return pool.submit(function, *args).result()

    @staticmethod
    def begin():
        if LIBC.unshare(CLONE_NEWNET) != 0:
            return None
        with socket.socket() as s:
            fcntl.ioctl(s, SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", IFF_UP))
        return os.open("/proc/thread-self/ns/net", os.O_RDONLY)

    def inside(self, function, *args):
        def there():
            if LIBC.setns(self.fd, CLONE_NEWNET) != 0:
                raise OSError(ctypes.get_errno(), "setns")
            return function(*args)
        return self.thread(there) if self.fd is not None else function(*args)

    def command(self):
        """What stands before the command line of a program that runs inside."""
        return ["nsenter", f"--net=/proc/{os.getpid()}/fd/{self.fd}"] if self.fd is not None else []

    def close(self):
        if self.fd is not None:
            os.close(self.fd)


class Relay:
    """A line: what connects here, in the house's network, reaches the server, while it is up."""

    def __init__(self, port, network):
        self.to = port
        self.up = True
        self.delay_s = 0.0
        self.pairs = set()
        self.lock = threading.Lock()
        self.listener = network.inside(socket.create_server, ("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            try:
                here, _ = self.listener.accept()
            except OSError:
                return
            try:
                there = socket.create_connection(("127.0.0.1", self.to)) if self.up else None
            except OSError:
                there = None
            if not there:
                here.close()
                continue
            with self.lock:
                self.pairs.add((here, there))
            for a, b in ((here, there), (there, here)):
                threading.Thread(target=self.carry, args=(a, b), daemon=True).start()

    def carry(self, a, b):
        try:
            while data := a.recv(65536):
                if self.delay_s:
                    time.sleep(self.delay_s)
                b.sendall(data)
        except OSError:
            pass
        for s in (a, b):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self):
        self.up = False
        with self.lock:
            pairs, self.pairs = self.pairs, set()
        for pair in pairs:
            for s in pair:
                try:
                    s.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def mend(self, to=None):
        self.to = to or self.to
        self.up = True

    def close(self):
        self.cut()
        try:
            self.listener.shutdown(socket.SHUT_RDWR)  # wakes whoever accepts
        except OSError:
            pass
        self.listener.close()


def roster_of(site):
    r = json.loads(json.dumps(SAMPLE))
    r["site"].update(id=site, name=f"Dynamo {site}")
    for c in r["coaches"]:
        c["id"] = f"{c['id']}_{site}"
        c["name"] = f"{c['name']} {site}"
    r["rules"]["hold_seconds"] = 900
    return r


class Box(House):
    """A house with its dynamo-sync and its line."""

    def __init__(self, build, folder, site, region, roster=None):
        folder.mkdir(parents=True)
        path = folder / "roster.json"
        path.write_text(json.dumps(roster or roster_of(site)))
        super().__init__(build, folder, roster=path)
        self.site, self.region, self.process = site, region, None
        self.now, self.first, self.last = NOW, FIRST, LAST
        self.network = Network()
        self.lines = [Relay(s.port, self.network) for s in region.servers]
        self.log = open(folder / "sync.log", "ab")
        self.ctl(NOW, "init", "--simulated")
        self.ctl(NOW, "roster", "import", path)

    def argv(self, name, now=None, *args):
        """Inside, but for who calls the server itself, as its owner does."""
        argv = super().argv(name, now, *args)
        return argv if self.region.server.conninfo() in argv else [*self.network.command(), *argv]

    def conninfo(self):
        ports = ",".join(str(l.port) for l in self.lines)
        hosts = ",".join("localhost" if self.region.tls else "127.0.0.1" for _ in self.lines)
        tls = self.region.tls.client(f"site_{self.site}") if self.region.tls else ""
        return f"host={hosts} port={ports} dbname=region user=site_{self.site} {tls}"

    def join(self):
        self.region_ctl("admit", self.site, owner=True)
        return self.region_ctl("join")

    def region_ctl(self, *args, owner=False, check=True):
        to = self.region.server.conninfo() if owner else self.conninfo()
        done = self.run("dynamoctl", NOW, "--json", "region", *args, "--region", to, check=check,
                        stdin="")
        return [json.loads(l) for l in done.stdout.splitlines()] if check else done

    def on(self, day):
        """It is that day for whatever this house is asked; what it offers is of the days after."""
        self.now = f"{day}T10:00:00+02:00"
        self.first = str(day + datetime.timedelta(1))
        self.last = str(day + datetime.timedelta(5))

    def cut(self):
        for line in self.lines:
            line.cut()

    def mend(self):
        for line in self.lines:
            line.mend()

    def start(self, now=None):
        now = now or self.now
        self.process = subprocess.Popen(
            self.argv("dynamo-sync", now, "--region", self.conninfo()), stdout=self.log, stderr=self.log)

    def stop(self, kill=False):
        if self.process:
            (self.process.kill if kill else self.process.terminate)()
            self.process.wait(timeout=PATIENCE_S)
            self.process = None

    def state(self, sql, db=None):
        c = sqlite3.connect(f"file:{db or self.db}?mode=ro", uri=True, timeout=PATIENCE_S)
        try:
            return c.execute(sql).fetchall()
        finally:
            c.close()

    def wait(self, sql, want, what=""):
        until = time.monotonic() + PATIENCE_S
        while (got := self.state(sql)) != want:
            assert time.monotonic() < until, f"{self.site} {what or sql}: {got!r}, not {want!r}"
            time.sleep(0.02)

    def wait_line(self, up=1):
        self.wait("SELECT line FROM region", [(up,)], "line")

    def settled(self):
        """The line is up, coaches are open, everything is sent."""
        self.wait_line()
        self.wait("SELECT (SELECT max(n) FROM region_event) IS NOT NULL AND"
                  " (SELECT max(n) FROM region_event) > (SELECT sent FROM region)", [(0,)], "events")
        self.wait("SELECT count(*) FROM region_seat WHERE state IN ('asked', 'going')", [(0,)])
        self.wait("SELECT count(*) FROM region_out", [(0,)], "parcels out")

    def slots(self):
        return self.ctl(self.now, "slots", "--service", "school", "--from", self.first, "--to", self.last)

    def hold(self, slot, check=True):
        return self.ctl(self.now, "hold", "--service", "school", "--coach", slot["coach"],
                        "--start", slot["start"], check=check)

    def book(self, slot, n):
        h = self.hold(slot)[0]
        return self.ctl(self.now, "book", "--hold", h["hold"], "--person", "-",
                        stdin=json.dumps(person(n)))[0]

    def book_there(self, site, slot, n, check=True):
        return self.ctl(self.now, "region", "book", "--site", site, "--service", "school", "--coach",
                        slot["coach"], "--start", slot["start"], "--person", "-", check=check,
                        stdin=json.dumps(person(n)))

    def take_in(self, n=1):
        """Waits for what comes; any use case then takes it in."""
        self.wait("SELECT count(*) FROM region_in", [(n,)], "parcels")
        self.ctl(self.now, "queue")
        self.wait("SELECT count(*) FROM region_in WHERE state <> 'told'", [(0,)], "told")

    def slots_there(self, site, check=True):
        return self.ctl(self.now, "region", "slots", "--site", site, "--service", "school", "--from",
                        self.first, "--to", self.last, check=check)

    def close(self):
        self.stop(kill=True)
        for l in self.lines:
            l.close()
        self.network.close()
        self.log.close()
        super().close()


class Certificates:
    """A CA, a server that is called localhost, and who the houses are."""

    def __init__(self, folder, owner):
        self.folder, self.owner = pathlib.Path(folder), owner
        self.folder.mkdir(mode=0o755)
        for ca in ("ca", "foreign"):
            self.tool("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                      "-nodes", "-days", "30", "-subj", f"/CN={ca}", "-keyout", f"{ca}.key", "-out",
                      f"{ca}.pem")
        self.make("server", "localhost", more="subjectAltName=DNS:localhost\n")
        if os.getuid() == 0:
            for name in ("server.key", "server.pem", "ca.pem"):
                shutil.chown(self.folder / name, owner)

    def tool(self, *args):
        subprocess.run(["openssl", *args], cwd=self.folder, check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, timeout=PATIENCE_S)

    def make(self, name, cn, ca="ca", more="extendedKeyUsage=clientAuth\n"):
        (self.folder / "ext").write_text(more)
        self.tool("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
                  f"/CN={cn}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        self.tool("x509", "-req", "-in", f"{name}.csr", "-CA", f"{ca}.pem", "-CAkey", f"{ca}.key",
                  "-CAcreateserial", "-days", "20", "-extfile", "ext", "-out", f"{name}.pem")
        (self.folder / f"{name}.key").chmod(0o600)

    def settings(self):
        f = self.folder
        return ["ssl = on", f"ssl_cert_file = '{f}/server.pem'", f"ssl_key_file = '{f}/server.key'",
                f"ssl_ca_file = '{f}/ca.pem'"]

    def client(self, name, ca="ca"):
        if not (self.folder / f"{name}.pem").exists():
            self.make(name, name)
        f = self.folder
        return (f"sslmode=verify-full sslrootcert={f}/{ca}.pem sslcert={f}/{name}.pem "
                f"sslkey={f}/{name}.key")


class Region:
    """PostgreSQL and some houses."""

    tls = None

    def __init__(self, build, folder):
        self.build, self.folder = build, pathlib.Path(folder)
        self.servers, self.boxes = [], {}

    def begin(self, sites, replica=False, settings=(), hba=()):
        if not bin_folder():
            skip("PostgreSQL is not installed")
        if not (pathlib.Path(self.build) / "dynamo-sync").exists():
            skip("dynamo-sync was not built: libpq-dev is not installed")
        self.servers = [Server(self.folder / "pg", settings=settings, hba=hba)]
        self.server.sql("CREATE DATABASE region", db="postgres")
        done = subprocess.run([f"{self.build}/dynamoctl", "region", "init", "--region",
                               self.server.conninfo()], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        same(done.returncode, 0, done.stdout)
        if replica:
            self.servers.append(Server(self.folder / "replica", of=self.server))
            self.server.sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
            self.server.sql("SELECT pg_reload_conf()")
        for site in sites:
            self.add(site)
        for b in self.boxes.values():
            self.wait_open(b)
            b.wait("SELECT count(*) FROM region_site", [(len(sites) - 1,)], "other houses")
        return [self.boxes[s] for s in sites]

    def add(self, site, roster=None):
        b = self.boxes[site] = Box(self.build, self.folder / site, site, self, roster)
        b.join()
        b.start()
        return b

    def wait_open(self, b):
        b.wait_line()
        b.wait("SELECT count(*) > 0 FROM region_coach", [(1,)], "coaches")
        self.server.wait_for(lambda: self.server.sql(
            f"SELECT count(*) FROM dynamo.coach WHERE home = '{b.site}' AND NOT open") == [["0"]]
            and self.server.sql(f"SELECT count(*) > 0 FROM dynamo.coach WHERE home = '{b.site}'")
            == [["t"]])

    @property
    def server(self):
        return self.servers[0]

    def claims(self):
        return self.server.sql("SELECT coach, q5, seat, id, by_site FROM dynamo.claim ORDER BY 1, 2, 3")

    def close(self):
        for b in self.boxes.values():
            b.close()
        for s in self.servers:
            s.stop()


def is_shared(slot, minutes=30):
    """The rule once more, in another language: one hour in three."""
    turn = sum(slot["coach"].encode())
    at = int(datetime.datetime.fromisoformat(slot["start"]).timestamp())
    kinds = {((s // 3600) + (s // 86400) + turn) % 3 == 0 for s in range(at, at + minutes * 60, 300)}
    assert len(kinds) == 1, f"{slot} crosses"
    return kinds.pop()


def no_seat_twice(region):
    """Over all houses: every five minutes of a coach belong to one appointment."""
    owner, told = {}, {}
    for b in region.boxes.values():
        for coach, q5, seat, a in b.state("SELECT coach, q5, seat, appointment FROM claim"):
            key = (coach, q5, seat)
            assert key not in owner or owner[key] == a, f"{key} is {owner[key]}'s and {a}'s"
            owner[key] = a
        same(b.ctl(b.now, "check", check=False).returncode, 0, f"check of {b.site}")
    for coach, q5, seat, a, _ in region.claims():
        told[coach, int(q5), int(seat)] = a
    return owner, told
