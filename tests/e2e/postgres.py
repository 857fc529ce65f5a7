"""Debian's PostgreSQL for tests: servers of an ordinary user, in a folder, on Unix sockets and
loopback; with a streaming replica, archived WAL and TLS where a test wants them.

Server(folder) makes and starts one. As root (a container) it runs as `nobody`, since
PostgreSQL refuses root.
"""
import os
import pathlib
import pwd
import random
import shutil
import socket
import subprocess
import time


def bin_folder():
    """Where initdb and postgres lie, or None: Debian keeps them off the path."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"),
                   key=lambda p: int(p.parts[4]))
    return found[-1].parent if found else None


def free_port():
    """Of those that the kernel gives to nobody, so that no connection of another test takes it before
    the server has it, or while that is down for a moment."""
    dice = random.SystemRandom()
    while True:
        port = dice.randrange(20000, 32000)
        with socket.socket() as s:
            try:
                s.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass  # somebody has it


class Server:
    """One server; `of` makes it a streaming replica of another."""

    def __init__(self, folder, of=None, settings=(), hba=()):
        self.bin = bin_folder()
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        self.port = free_port()
        self.log = self.folder / "server.log"
        self.user = "nobody" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        self.folder.mkdir(parents=True, mode=0o755)
        if os.getuid() == 0:
            for p in [self.folder, *self.folder.parents]:
                if p != pathlib.Path("/") and p.stat().st_uid == 0 and not p.stat().st_mode & 0o001:
                    p.chmod(p.stat().st_mode | 0o011)  # so that `nobody` gets in
            shutil.chown(self.folder, self.user)
        if of:
            self.tool("pg_basebackup", "-h", "127.0.0.1", "-p", str(of.port), "-U", "owner",
                      "-D", str(self.data), "-R", "-X", "stream", "-c", "fast")
        else:
            self.tool("initdb", "-D", str(self.data), "-U", "owner", "-A", "trust", "-E", "UTF8",
                      "--locale", "C", "-N")
        lines = ["listen_addresses = '127.0.0.1'",
                 f"unix_socket_directories = '{self.folder}'", "fsync = off",
                 "max_connections = 120", "shared_buffers = 32MB", "log_statement = 'all'",
                 "log_min_duration_statement = 0", *settings]
        with open(self.data / "postgresql.conf", "a") as f:
            f.write("\n".join(lines) + "\n")
        if hba:
            (self.data / "pg_hba.conf").write_text("\n".join(hba) + "\n")
        self.start_somewhere()

    def argv(self, *argv):
        if os.getuid() != 0:
            return list(argv)
        return ["setpriv", f"--reuid={self.user}", "--regid=nogroup", "--clear-groups", *argv]

    def tool(self, name, *args):
        done = subprocess.run(self.argv(str(self.bin / name), *args), cwd="/", text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=900)
        if done.returncode != 0:
            raise RuntimeError(f"{name}: {done.stdout}")
        return done.stdout

    def start_somewhere(self):
        """Another server may have found the same port free at the same moment."""
        for left in reversed(range(10)):
            with open(self.data / "postgresql.conf", "a") as f:
                f.write(f"port = {self.port}\n")
            try:
                return self.start()
            except RuntimeError:
                if not left or "Address already in use" not in self.log.read_text(errors="replace"):
                    raise
                self.port = free_port()

    def start(self):
        self.tool("pg_ctl", "-D", str(self.data), "-l", str(self.log), "-w", "-t", "600", "start")

    def stop(self, mode="immediate"):
        if (self.data / "postmaster.pid").exists():
            try:
                self.tool("pg_ctl", "-D", str(self.data), "-m", mode, "-w", "stop")
            except RuntimeError:
                pass

    def promote(self):
        self.tool("pg_ctl", "-D", str(self.data), "-w", "-t", "600", "promote")

    def conninfo(self, user="owner", *others):
        ports = ",".join(str(s.port) for s in (self, *others))
        hosts = ",".join("127.0.0.1" for _ in (self, *others))
        return f"host={hosts} port={ports} dbname=region user={user}"

    def sql(self, text, user="owner", db="region", check=True):
        """Rows as lists of text; with check=False the finished process."""
        done = subprocess.run([str(self.bin / "psql"), "-X", "-q", "-A", "-t", "-F", "\t",
                               "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.port),
                               "-U", user, "-d", db, "-c", text], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600)
        if not check:
            return done
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def wait_for(self, what, seconds=600):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if what():
                return
            time.sleep(0.05)
        raise TimeoutError("the server did not get there")
