"""The real dynamo-desk on a sample house, for the tests of the coaches' page.

    with DeskHouse(build, folder) as house:      a simulated house, 2026-03-23 10:00
        house.start()                            dynamo-desk on a free port of loopback
        sanne = house.login("sanne")             a Browser: cookie, token, get(), post()

Only Python's standard library.
"""
import base64
import datetime
import hashlib
import hmac
import http.client
import json
import pathlib
import re
import signal
import socket
import struct
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
from house import PATIENCE_S, PIN, House  # noqa: E402

NOW = "2026-03-23T10:00:00+01:00"
PEOPLE = [
    ("Daan", "Bakker", "2005-02-11", "1674", "school", "nl"),
    ("Noor", "van den Berg", "2004-05-17", "1674", "school", "pl"),
    ("Zofia", "Kowalska", "2003-09-30", "0748", "money", "pl"),
    ("Sam", "de Vries", "2006-01-05", "0851", "work", "nl"),
    ("Selam", "Tesfay", "2002-12-12", "0873", "other", "ti"),
]


def totp(secret, at, step=0):
    """RFC 6238 as the app on a phone does it."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(at) // 30 + step), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7FFFFFFF) % 1000000:06d}"


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=PATIENCE_S)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(PATIENCE_S)
        self.sock.connect(str(self.path))


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.bytes = response.read()

    @property
    def text(self):
        return self.bytes.decode()

    @property
    def json(self):
        return json.loads(self.bytes)


def another(token):
    """One that differs from this one in its last digit, whatever that was."""
    return token[:-1] + ("1" if token[-1] == "0" else "0")


class Browser:
    """One browser: keeps its cookie and the token for changes."""

    def __init__(self, house, host=None, extra=None):
        self.house, self.cookie, self.token = house, None, None
        self.host = host or house.host
        self.extra = extra or {}

    def connection(self):
        if self.house.port:
            return http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=PATIENCE_S)
        return UnixConnection(self.house.socket)

    def ask(self, method, path, body=None, headers=None):
        all_headers = {"Host": self.host, **self.extra}
        if self.cookie:
            all_headers["Cookie"] = self.cookie
        all_headers.update(headers or {})
        c = self.connection()
        try:
            c.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in all_headers.items():
                if value is not None:
                    c.putheader(name, value)
            if body is not None and "Content-Length" not in all_headers:
                c.putheader("Content-Length", str(len(body)))
            c.endheaders(body)
            answer = Answer(c.getresponse())
        finally:
            c.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            if "dynamo=" in cookie:
                self.cookie = cookie.split(";")[0]
                self.set_cookie = cookie
        return answer

    def get(self, path, **headers):
        return self.ask("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def headers_of_change(self):
        return {"Origin": f"{self.house.scheme}://{self.host}", "Content-Type": "application/json",
                "X-Dynamo-Token": self.token}

    def post(self, path, body=None, headers=None):
        return self.ask("POST", path, json.dumps(body or {}).encode(),
                        {**self.headers_of_change(), **(headers or {})})

    def act(self, name, line=None, **more):
        body = {**({"visit": line["visit"], "version": line["version"]} if line else {}), **more}
        return self.post("/act/" + name, body)

    def login(self, who, pin=PIN, code=None):
        code = self.house.code(who) if code is None else code
        answer = self.post("/login", {"id": who, "pin": pin, "code": code})
        if answer.status == 200:
            self.token = self.get("/session").json["token"]
        return answer


class DeskHouse(House):
    def __init__(self, build, folder, simulated=True, **more):
        super().__init__(build, folder, simulated=simulated, **more)
        self.now = NOW
        self.secrets, self.used = {}, {}
        self.desk = self.port = self.socket = None
        self.scheme = "http"

    def make(self, now=None):
        self.ctl(self.now, "init", *(["--simulated"] if self.simulated else []))
        self.ctl(self.now, "roster", "import", self.roster)
        people = [(c["id"], c["name"], "coach") for c in json.loads(self.roster.read_text())["coaches"]]
        for who, name, role in people + [("carla", "Carla", "coordinator"), ("ad", "Ad", "admin")]:
            said = self.ctl(self.now, "staff", "add", who, "--name", name, "--role", role,
                            "--pin-stdin", stdin=PIN + "\n")
            self.secrets[who] = said[0]["totp"]
        self.coaches = [p[0] for p in people]
        return self

    def code(self, who):
        """A code that was not used yet: the one before, this one, the one after."""
        step = self.used.get(who, -2) + 1
        self.used[who] = step
        return totp(self.secrets[who], self.epoch(), step)

    def epoch(self):
        if not self.simulated:
            import time
            return time.time()
        return datetime.datetime.fromisoformat(self.now).timestamp()

    def fill(self, people=PEOPLE):
        return [self.ctl(self.now, "walk-in", "--person", "-", stdin=json.dumps(
            {"given": g, "family": f, "birth": b, "municipality": m, "topic": t, "lang": la}))[0]
            for g, f, b, m, t, la in people]

    def start(self, listen="127.0.0.1:0"):
        self.desk = subprocess.Popen(self.argv("dynamo-desk", self.now, "--listen", listen),
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                     env=self.env)
        line = self.desk.stdout.readline()
        found = re.match(r"listening on http://127\.0\.0\.1:(\d+)", line)
        if found:
            self.port = int(found.group(1))
            self.host = f"127.0.0.1:{self.port}"
        elif line.startswith("listening on unix:"):
            self.socket, self.port, self.scheme = listen[5:], None, "https"
            self.host = "desk.dynamo.lan"
        else:
            raise AssertionError(f"dynamo-desk said {line!r} {self.desk.stderr.read()}")
        return self

    def stop(self):
        """What it said on stderr, once it ended by itself after SIGTERM."""
        if not self.desk:
            return ""
        self.desk.send_signal(signal.SIGTERM)
        try:
            said = self.desk.communicate(timeout=PATIENCE_S)[1]
            status = self.desk.returncode
        except subprocess.TimeoutExpired:
            self.desk.kill()
            said, status = self.desk.communicate()[1], "killed"
        self.desk = None
        if status != 0:
            raise AssertionError(f"dynamo-desk ended with {status}: {said}")
        return said

    def close(self):
        self.stop()
        super().close()

    def login(self, who):
        browser = Browser(self)
        answer = browser.login(who)
        assert answer.status == 200, (who, answer.status, answer.text)
        return browser

    def queue(self):
        return self.ctl(self.now, "queue")

    def line(self, ticket):
        """Id and version, as the page's buttons carry them."""
        page = self.login_once("carla").get("/").text
        visit = next(v["visit"] for v in self.queue() if v["ticket"] == ticket)
        found = re.search(rf'data-(?:row|visit)="{visit}" data-version="(\d+)"', page)
        return {"visit": visit, "version": int(found.group(1))}

    def login_once(self, who):
        self.kept = getattr(self, "kept", {})
        if who not in self.kept:
            self.kept[who] = self.login(who)
        return self.kept[who]
