"""The house that the test machine stands in: its stick, its coaches, its certificates, the register and
the update server outside it. All people are made up.
"""
import datetime
import hashlib
import http.client
import http.server
import json
import pathlib
import shutil
import socket
import ssl
import subprocess
import threading

from machine import OUTSIDE, Failed

ROSTER = pathlib.Path(__file__).resolve().parents[2] / "assets/sample/roster.json"
PIN = "482915"
NAME = "desk.dynamo.lan"
STAFF = f"sanne;coach;{PIN};Sanne\nad;admin;{PIN};Ad\n"
SECRET = "example-secret"


def open_day(roster=ROSTER):
    """A day after today on which the house is open, as on the two after it: certificates made today hold."""
    closed = [(c["from"], c["to"]) for c in json.loads(roster.read_text())["closures"]]
    day = datetime.date.today() + datetime.timedelta(days=1)
    while True:
        three = [(day + datetime.timedelta(days=n)).isoformat() for n in range(3)]
        if day.weekday() < 3 and not any(a <= d <= b for d in three for a, b in closed):
            return day
        day += datetime.timedelta(days=1)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Site:
    """folder: of this run; build: the programs, for the stand-in register."""

    def __init__(self, folder, workshop):
        self.folder, self.workshop = folder / "site", workshop
        self.folder.mkdir()
        self.day = open_day()
        self.desk_port, self.outside_port = free_port(), free_port()
        self.register = None
        for ca in ("house", "foreign", "register"):
            self._ca(ca)
        self.certificate("server", "house", "serverAuth", f"DNS:{NAME}")
        self.certificate("device", "house", "clientAuth")
        self.certificate("outside", "register", "serverAuth", f"IP:{OUTSIDE}")

    # -- certificates ---------------------------------------------------------------
    def _openssl(self, *args):
        subprocess.run(["openssl", *map(str, args)], check=True, capture_output=True, cwd=self.folder)

    def _ca(self, name):
        self._openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                      "60", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.pem")

    def certificate(self, name, ca, use, alternative=None):
        more = f"subjectAltName={alternative}\n" if alternative else ""
        (self.folder / f"{name}.ext").write_text(f"extendedKeyUsage={use}\nbasicConstraints=CA:FALSE\n{more}")
        self._openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                      f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        self._openssl("x509", "-req", "-in", f"{name}.csr", "-CA", f"{ca}.pem", "-CAkey", f"{ca}.key",
                      "-CAcreateserial", "-days", "59", "-extfile", f"{name}.ext", "-out", f"{name}.pem")

    def fingerprint(self, name):
        der = ssl.PEM_cert_to_DER_cert((self.folder / f"{name}.pem").read_text())
        return hashlib.sha1(der).hexdigest()

    # -- the stick --------------------------------------------------------------------
    def stick(self, settings="", allowed=""):
        """What a house gets with its box: a FAT file system called DYNAMO; settings: more for dynamo.conf;
        allowed: its list of USB devices."""
        on = self.folder / "stick"
        shutil.rmtree(on, ignore_errors=True)
        (on / "etc/desk").mkdir(parents=True)
        (on / "roster.json").write_text(ROSTER.read_text())
        (on / "staff.txt").write_text(STAFF)
        base = f"https://{OUTSIDE}:{self.outside_port}"
        (on / "dynamo.conf").write_text(f"""[site]
id = roosendaal

[desk]
hosts = {NAME}
certificates = yes

[register]
profile = zgw
zaken_url = {base}/zaken/api/v1/
catalogi_url = {base}/catalogi/api/v1/
client_id = dynamo
secret_file = /run/credentials/dynamo-upload.service/register.secret
ca_file = /etc/dynamo/register-ca.pem
rsin = 123456782
zaaktype = DYNAMO-INLOOP
{settings}""")
        (on / "etc/register.secret").write_text(SECRET + "\n")
        (on / "etc/update-from").write_text(f"{base}/update.raucb\n")
        for name, source in (("register-ca.pem", "register.pem"), ("update-ca.pem", "register.pem"),
                             ("desk/server.pem", "server.pem"), ("desk/server.key", "server.key"),
                             ("desk/devices-ca.pem", "house.pem")):
            shutil.copy(self.folder / source, on / "etc" / name)
        (on / "etc/desk/devices.map").write_text(f'"{self.fingerprint("device")}" 1;\n')
        if allowed:
            (on / "etc/usb-allowed").write_text(allowed)
        return self.image("stick.img", on)

    def wrong_stick(self):
        """One whose roster breaks off."""
        on = self.folder / "wrong"
        on.mkdir()
        text = ROSTER.read_text()
        (on / "roster.json").write_text(text[:len(text) // 2])
        (on / "staff.txt").write_text(STAFF)
        return self.image("wrong.img", on)

    def image(self, name, folder, size=64):
        """A FAT file system called DYNAMO of what lies in the folder, some MiB large."""
        image = self.folder / name
        image.unlink(missing_ok=True)
        with open(image, "wb") as f:
            f.truncate(size << 20)
        subprocess.run(["mkfs.vfat", "-n", "DYNAMO", image], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["mcopy", "-s", "-i", image, *sorted(folder.iterdir()), "::/"], check=True)
        return image

    # -- the desk -----------------------------------------------------------------------
    def desk(self, who="sanne"):
        return Desk(self, who)

    def context(self, device="device"):
        c = ssl.create_default_context(cafile=str(self.folder / "house.pem"))
        # The machine's day is not this computer's: both lie within what was made above.
        if device:
            c.load_cert_chain(self.folder / f"{device}.pem", self.folder / f"{device}.key")
        return c

    # -- outside --------------------------------------------------------------------------
    def start_register(self, now):
        """The stand-in for the case register, with TLS, on the port that the box reaches; it refuses dates that
        have not come: now is the box's time."""
        program = next(self.workshop.glob("out/*/dynamo-register"))
        argv = [str(self.workshop / "lib64/ld-linux-x86-64.so.2"), "--library-path",
                f"{self.workshop}/usr/lib/x86_64-linux-gnu", str(program), "--port", str(self.outside_port), "--now", now,
                "--db", str(self.folder / "register.db"), "--tls-cert", str(self.folder / "outside.pem"),
                "--tls-key", str(self.folder / "outside.key")]
        log = open(self.folder / "register.log", "ab")
        self.register = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=log, text=True)
        line = self.register.stdout.readline()
        if "listening" not in line:
            raise Failed(f"the stand-in register said {line!r}: {(self.folder / 'register.log').read_text()}")

    def stop_register(self):
        if self.register:
            self.register.terminate()
            self.register.wait()
            self.register = None

    def register_holds(self):
        """How many zaken."""
        context = ssl.create_default_context(cafile=str(self.folder / "register.pem"))
        context.check_hostname = False
        c = http.client.HTTPSConnection("127.0.0.1", self.outside_port, context=context, timeout=60)
        c.request("GET", "/_dump")
        return json.loads(c.getresponse().read())["counts"]["zaken"]

    def serve(self, bundle):
        """The update server: /update.raucb is that file, until the next call."""
        self.stop_serving()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "outside.pem", self.folder / "outside.key")

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                size = bundle.stat().st_size
                self.send_response(200 if self.path == "/update.raucb" else 404)
                self.send_header("Content-Length", str(size if self.path == "/update.raucb" else 0))
                self.end_headers()
                if self.path == "/update.raucb":
                    with open(bundle, "rb") as f:
                        shutil.copyfileobj(f, self.wfile, 1 << 20)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.outside_port), Handler)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    server = None

    def stop_serving(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None


class Desk:
    """A coach's browser on the box's one open port."""

    def __init__(self, site, who):
        self.site = site
        self.cookie = self.token = None
        answer = self.ask("POST", "/login", {"id": who, "pin": PIN, "code": ""})
        if answer[0] != 200:
            raise Failed(f"the desk did not let {who} in: {answer}")
        self.token = json.loads(self.ask("GET", "/session")[1])["token"]

    def ask(self, method, path, body=None):
        plain = socket.create_connection(("127.0.0.1", self.site.desk_port), timeout=600)
        c = http.client.HTTPSConnection(NAME, timeout=600)
        c.sock = self.site.context().wrap_socket(plain, server_hostname=NAME)
        headers = {"Host": NAME}
        if self.cookie:
            headers["Cookie"] = self.cookie
        if body is not None:
            headers.update({"Origin": f"https://{NAME}", "Content-Type": "application/json"})
            if self.token:
                headers["X-Dynamo-Token"] = self.token
        c.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = c.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookie = cookie.split(";")[0]
        c.close()
        return answer.status, text

    def act(self, name, line=None, **more):
        body = {**({"visit": line["visit"], "version": line["version"]} if line else {}), **more}
        status, text = self.ask("POST", "/act/" + name, body)
        if status != 200:
            raise Failed(f"{name}: {status} {text[:200]}")
        return text
