"""The desk's rows of `make bench`: a commit to 60 browsers, rest, memory, the first page.

add_rows(build, table) starts dynamo-desk on a sample house. Commits come from this process, on
a connection of its own, as another program's would; an event has arrived when its line was read.
"""
import pathlib
import resource
import selectors
import socket
import sqlite3
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "tests" / "e2e"))
from desk import NOW, DeskHouse  # noqa: E402

STREAMS = 60
COMMITS = 120
PER_LOGIN = 7  # the desk keeps 8 streams for a login


def open_stream(house, browser):
    s = socket.create_connection(("127.0.0.1", house.port))
    s.sendall(f"GET /events HTTP/1.1\r\nHost: {house.host}\r\nCookie: {browser.cookie}\r\n\r\n".encode())
    return s


def drain(watch, streams, want, within):
    """Reads until each stream has had `want`; when each one had it."""
    came, end = {}, time.monotonic() + within
    while len(came) < len(streams) and time.monotonic() < end:
        for key, _ in watch.select(timeout=0.2):
            if want in key.fileobj.recv(65536):
                came.setdefault(key.fileobj, time.monotonic())
    return came


def commits(db):
    """One visible change each: a waiting visit gets another version."""
    visit = db.execute("SELECT id FROM visit WHERE state = 'waiting' ORDER BY number LIMIT 1").fetchone()[0]
    for _ in range(COMMITS):
        db.execute("BEGIN IMMEDIATE")
        db.execute("UPDATE visit SET version = version + 1 WHERE id = ?", (visit,))
        db.execute("COMMIT")
        yield time.monotonic()


def status(house, name):
    text = pathlib.Path(f"/proc/{house.desk.pid}/status").read_text()
    return int(next(line for line in text.splitlines() if line.startswith(name + ":")).split()[1])


def streams(house, table):
    who = [house.login(w) for w in ("sanne", "marieke", "youssef", "tomasz", "carla", "ad")]
    who += [house.login(w) for w in ("carla", "ad", "carla")]
    watch, all_streams = selectors.DefaultSelector(), []
    for i in range(STREAMS):
        s = open_stream(house, who[i // PER_LOGIN])
        watch.register(s, selectors.EVENT_READ)
        all_streams.append(s)
    drain(watch, all_streams, b"event: board", 20)
    took, heard = [], 0
    db = sqlite3.connect(house.db, isolation_level=None, timeout=10)
    db.execute("PRAGMA synchronous = FULL")
    for at in commits(db):
        came = drain(watch, all_streams, b"event: board", 10)
        heard += len(came)
        took += [max(0.0, t - at) * 1000 for t in came.values()]
        time.sleep(0.01)
    took.sort()
    p50, p99 = took[len(took) // 2], took[len(took) * 99 // 100]
    table.add("desk: commit to 60 browsers, p50", round(p50, 2), "ms", "at most 5", p50 <= 5)
    table.add("desk: commit to 60 browsers, p99", round(p99, 2), "ms", "at most 20", p99 <= 20)
    lost = COMMITS * STREAMS - heard
    table.add("desk: events lost", lost, "", "none", lost == 0, f"of {COMMITS * STREAMS}")
    rss = status(house, "VmRSS") / 1024
    table.add("desk: memory with 60 streams", round(rss, 1), "MiB", "at most 24", rss <= 24)
    time.sleep(1.5)
    before = status(house, "voluntary_ctxt_switches")
    time.sleep(20)
    woke = status(house, "voluntary_ctxt_switches") - before
    table.add("desk: wake-ups in 20 s of rest", woke, "", "the look each 10 s: at most 4", woke <= 4,
              "60 streams open")
    for s in all_streams:
        s.close()
    db.close()


def pages(house, table):
    """CPU of the desk for a page: unchanged, and the first after a change."""
    b = house.login("sanne")
    stat = lambda: sum(int(x) for x in pathlib.Path(
        f"/proc/{house.desk.pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13])
    hertz = 100.0
    begun = stat()
    for _ in range(600):
        b.get("/")
    kept = (stat() - begun) / hertz / 600 * 1e6
    db = sqlite3.connect(house.db, isolation_level=None, timeout=10)
    visit = db.execute("SELECT id FROM visit WHERE state = 'waiting' LIMIT 1").fetchone()[0]
    begun = stat()
    for _ in range(300):
        db.execute("UPDATE visit SET version = version + 1 WHERE id = ?", (visit,))
        b.get("/")
    fresh = (stat() - begun) / hertz / 300 * 1e6
    db.close()
    table.add("desk: CPU of the unchanged day view", round(kept), "us", "-", None)
    table.add("desk: CPU of the first page after a change", round(fresh), "us", "-", None,
              "with the look at the whole day")


def add_rows(build, table):
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    with tempfile.TemporaryDirectory(prefix="dynamo-bench-desk-", dir="/dev/shm") as folder:
        with DeskHouse(build, folder) as house:
            house.make(NOW)
            house.fill()
            house.start()
            streams(house, table)
            pages(house, table)
