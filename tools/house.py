"""A sample house for the demo, the benchmarks and the tests that drive whole programs.

House(build, folder) makes a database with the sample roster, runs the programs of one
build folder on it and reads their JSON. Everything lies in `folder`; nothing is left
running once close() was called. Only Python's standard library.
"""
import json
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROSTER = ROOT / "assets" / "sample" / "roster.json"
PIN = "482915"
PATIENCE_S = 600  # nothing that works takes as long, on a machine under any load
MEMORY = "/dev/shm"
MEMORY_LEAST = 256 << 20
SEED_OF_CHECK = 20261122  # as tests/lib/check.c has it
BUSY_TRIES = 60


class Failed(Exception):
    """A program of ours ended with another status than it should."""


def ended(done, most=4000):
    """How a program ended; its errors come last, for a log may be cut before them."""
    return f"status {done.returncode}\n{done.stdout[-most:]}{done.stderr[-most:]}".rstrip()


def seed():
    """Of what a test draws: $SEED, in a soak another each time, else always the same one, so that
    what `make check` says of a commit is the same on every machine. Printed, to repeat it."""
    fresh = random.SystemRandom().randrange(1, 1_000_000_000) if os.environ.get("SOAK") else SEED_OF_CHECK
    number = int(os.environ.get("SEED") or fresh)
    print(f"SEED={number}", flush=True)
    return number


def busy(done):
    """Whether dynamoctl only said that others had the database for too long: then nothing happened,
    and it may be asked again. (A machine that stops for seconds can bring that about.)"""
    return done.returncode == 1 and done.stderr.rstrip().endswith(": busy")


def quick(build):
    """The release build beside one with sanitizers, where it is there: for tests that kill programs
    hundreds of times, in whose ends no sanitizer has a say."""
    build = pathlib.Path(build).resolve()
    release = build.parent / "release"
    return release if build.name == "asan" and (release / "dynamoctl").exists() else build


def in_memory():
    """The folder in memory that has room for houses, or None."""
    if os.environ.get("TMPDIR") or not os.access(MEMORY, os.W_OK):
        return None
    free = os.statvfs(MEMORY)
    return MEMORY if free.f_bavail * free.f_frsize >= MEMORY_LEAST else None


def own_folder(prefix):
    """A folder that is gone after its `with`; in memory where that can be, since the product syncs
    each commit and there are disks that take seconds for it."""
    return tempfile.TemporaryDirectory(prefix=prefix, dir=in_memory(), ignore_cleanup_errors=True)


class House:
    def __init__(self, build, folder, simulated=True, roster=ROSTER):
        self.build = pathlib.Path(build).resolve()
        self.folder = pathlib.Path(folder).resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.db = self.folder / "dynamo.db"
        self.conf = self.folder / "dynamo.conf"
        self.simulated = simulated
        self.roster = pathlib.Path(roster)
        self.register = None
        self.env = dict(os.environ, SDL_VIDEODRIVER=os.environ.get("DYNAMO_VIDEO", "dummy"))
        self.env.pop("DYNAMO_NOW", None)

    # -- programs -----------------------------------------------------------
    def program(self, name):
        return str(self.build / name)

    def argv(self, name, now=None, *args):
        argv = [self.program(name), "--db", str(self.db)]
        if self.conf.exists():
            argv += ["--config", str(self.conf)]
        if now and self.simulated:
            argv += ["--now", now]
        return argv + [str(a) for a in args]

    def run(self, name, now, *args, check=True, stdin=None, timeout=PATIENCE_S):
        done = subprocess.run(self.argv(name, now, *args), input=stdin, text=True, env=self.env,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout)
        if check and done.returncode != 0:
            raise Failed(f"{name} {' '.join(map(str, args))}: {ended(done)}")
        return done

    def ctl(self, now, *args, check=True, stdin=None):
        """The JSON objects that dynamoctl prints; without `check` how it ended."""
        for _ in range(BUSY_TRIES):
            done = self.run("dynamoctl", now, "--json", *args, check=False, stdin=stdin)
            if not busy(done):
                break
        if not check:
            return done
        if done.returncode != 0:
            raise Failed(f"dynamoctl {' '.join(map(str, args))}: {ended(done)}")
        return [json.loads(line) for line in done.stdout.splitlines() if line.strip()]

    def kiosk(self, now, script, *flags, check=True, timeout=PATIENCE_S):
        """Plays a script (text) on the real kiosk program."""
        return self.run("dynamo-kiosk", now, "--script", "-", "--canvas", "1080x1920", *flags,
                        check=check, stdin=script, timeout=timeout)

    def upload(self, now, *flags, check=True):
        return self.run("dynamo-upload", now, *flags, check=check)

    # -- set-up -------------------------------------------------------------
    def make(self, now=None):
        """A fresh database with roster and staff."""
        self.ctl(now, "init", *(["--simulated"] if self.simulated else []))
        self.ctl(now, "roster", "import", self.roster)
        for coach in json.loads(self.roster.read_text())["coaches"]:
            self.ctl(now, "staff", "add", coach["id"], "--name", coach["name"], "--role", "coach",
                     "--pin-stdin", stdin=PIN + "\n")
        return self

    def configure(self, **sections):
        """Writes dynamo.conf: configure(register={"rsin": "123456782"}, ...)."""
        lines = []
        for section, options in sections.items():
            lines.append(f"[{section}]")
            lines += [f"{name} = {value}" for name, value in options.items()]
            lines.append("")
        self.conf.write_text("\n".join(lines))

    # -- the stand-in register ------------------------------------------------
    def start_register(self, now=None, *faults, port=0):
        """Starts the stand-in on loopback and points dynamo.conf at it."""
        argv = [self.program("dynamo-register"), "--port", str(port), "--db",
                str(self.folder / "register.db")]
        if now and self.simulated:
            argv += ["--now", now]
        for fault in faults:
            argv += ["--fault", fault]
        log = open(self.folder / "register.log", "ab")
        self.register = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=log, text=True,
                                         env=self.env)
        log.close()
        line = self.register.stdout.readline()
        found = re.match(r"listening on (http://127\.0\.0\.1:(\d+))", line)
        if not found:
            self.stop_register()
            raise Failed(f"dynamo-register said {line!r}")
        self.register_url = found.group(1)
        secret = self.folder / "register.secret"
        secret.write_text("example-secret\n")
        secret.chmod(0o600)
        self.configure(site={"id": "roosendaal"},
                       register={"profile": "zgw",
                                 "zaken_url": self.register_url + "/zaken/api/v1/",
                                 "catalogi_url": self.register_url + "/catalogi/api/v1/",
                                 "client_id": "dynamo", "secret_file": secret,
                                 "rsin": "123456782", "zaaktype": "DYNAMO-INLOOP",
                                 "rate_per_s": "1000"},
                       printer={"device": f"file:{self.folder / 'tickets.escpos'}"})
        return self.register_url

    def stop_register(self):
        if self.register:
            self.register.send_signal(signal.SIGTERM)
            try:
                self.register.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                self.register.kill()
                self.register.wait()
            self.register.stdout.close()
            self.register = None

    def register_dump(self):
        plain = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # whatever the network's is
        with plain.open(self.register_url + "/_dump", timeout=PATIENCE_S) as answer:
            return json.load(answer)

    def close(self):
        self.stop_register()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def say(text=""):
    print(text, flush=True)


def fail(text):
    print(text, file=sys.stderr, flush=True)
    sys.exit(1)
