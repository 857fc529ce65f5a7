"""The desk's rows of `make bench`: a commit to 60 browsers, rest, memory, pages.

add_rows(build, table) starts dynamo-desk on a sample house with 60 people waiting, and its peers
beside it (bare.c). Commits come from this process, on a connection of its own, as another
program's would; an event has arrived when its line was read. Of each commit the desk and a bare
program that only looks and tells are both timed, as the machine may take the processor away from
either: that is the witness.
"""
import contextlib
import json
import pathlib
import resource
import selectors
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "tests" / "e2e"))
from desk import NOW, DeskHouse  # noqa: E402

STREAMS = 60
BLOCKS, COMMITS = 4, 40
PER_LOGIN = 7  # the desk keeps 8 streams for a login
WAITING = 60
DAY = 20535  # of NOW
REQUESTS, WIDTH = 20000, 16
FIRSTS = 400


@contextlib.contextmanager
def peer(build, *args):
    """A bare program; gives its process and its port."""
    p = subprocess.Popen([str(build / "bench" / "desk-bare"), *map(str, args)], text=True,
                         stdout=subprocess.PIPE)
    try:
        yield p, int(p.stdout.readline().split()[-1])
    finally:
        p.kill()
        p.wait()


def fill(house):
    letters = "abcdefghijklmnopqrstuvwxyz"
    house.fill([("Noor", "Berg" + letters[i % 26] + letters[i // 26], f"2004-05-{i % 28 + 1:02}",
                 "1674", ("school", "work", "money")[i % 3], ("nl", "pl", "ti")[i % 3])
                for i in range(WAITING)])


def open_stream(house, browser):
    s = socket.create_connection(("127.0.0.1", house.port))
    s.sendall(f"GET /events HTTP/1.1\r\nHost: {house.host}\r\nCookie: {browser.cookie}\r\n\r\n".encode())
    return s


def drain(watch, want, within):
    """Reads until each stream has had `want`; when each one had it."""
    came, end = {}, time.monotonic() + within
    while len(came) < len(watch.get_map()):
        ready = watch.select(timeout=min(0.2, within))
        for key, _ in ready:
            if want in key.fileobj.recv(65536):
                came.setdefault(key.fileobj, time.monotonic())
        if time.monotonic() >= end and not ready:
            break
    return list(came.values())


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


def percentiles(took):
    took.sort()
    return took[len(took) // 2], took[len(took) * 99 // 100]


def block(house, watch, group, took):
    """A block of commits while only this program runs: the other one is stopped."""
    with contextlib.closing(sqlite3.connect(house.db, isolation_level=None, timeout=10)) as db:
        db.execute("PRAGMA synchronous = FULL")
        for at in commits(db):
            took[group] += [max(0.0, t - at) * 1000 for t in drain(watch, b"event: board", 10)]
            time.sleep(0.01)


def in_turn(house, watches, processes):
    """Milliseconds from each commit to each stream, of the desk and of the bare program."""
    took = {"desk": [], "bare": []}
    for _ in range(BLOCKS):
        for group, other in (("desk", "bare"), ("bare", "desk")):
            processes[other].send_signal(signal.SIGSTOP)
            block(house, watches[group], group, took)
            processes[other].send_signal(signal.SIGCONT)
            drain(watches[other], b"event: board", 20)
            time.sleep(0.1)  # what else it had to say
            drain(watches[other], b"no such words", 0)
    return took


def open_streams(house, browsers, port):
    watches = {"desk": selectors.DefaultSelector(), "bare": selectors.DefaultSelector()}
    for i in range(STREAMS):
        watches["desk"].register(open_stream(house, browsers[i // PER_LOGIN]), selectors.EVENT_READ)
        watches["bare"].register(socket.create_connection(("127.0.0.1", port)), selectors.EVENT_READ)
    drain(watches["desk"], b"event: board", 20)
    return watches


def close_streams(watch):
    for key in list(watch.get_map().values()):
        key.fileobj.close()


def streams(build, house, table):
    who = [house.login(w) for w in ("sanne", "marieke", "youssef", "tomasz", "carla", "ad")]
    who += [house.login(w) for w in ("carla", "ad", "carla")]
    with peer(build, "events", house.db) as (bare, port):
        watches = open_streams(house, who, port)
        took = in_turn(house, watches, {"desk": house.desk, "bare": bare})
        close_streams(watches["bare"])
    told = len(took["desk"])
    (p50, p99), (bare50, bare99) = percentiles(took["desk"]), percentiles(took["bare"])
    table.add("desk: commit to 60 browsers, p50", f"{p50:.2f}", "ms", "at most 5", p50 <= 5,
              f"a bare program that tells 60 {bare50:.2f}")
    # a stall of the machine is not the desk's: the witness, block for block, had as many
    table.add("desk: commit to 60 browsers, p99", f"{p99:.2f}", "ms", "at most 20, or the bare one's",
              p99 <= max(20, bare99), f"a bare program that tells 60 {bare99:.2f}, x {p99 / bare99:.2f}")
    lost = BLOCKS * COMMITS * STREAMS - told
    table.add("desk: events lost", lost, "", "none", lost == 0, f"of {BLOCKS * COMMITS * STREAMS}")
    rss = status(house, "VmRSS") / 1024
    table.add("desk: memory with 60 streams", f"{rss:.1f}", "MiB", "at most 24", rss <= 24)
    time.sleep(1.5)
    before = status(house, "voluntary_ctxt_switches")
    time.sleep(20)
    woke = status(house, "voluntary_ctxt_switches") - before
    table.add("desk: wake-ups in 20 s of rest", woke, "", "the look each 10 s: at most 4", woke <= 4,
              "60 streams open")
    close_streams(watches["desk"])
    return who[0]


def load(build, kind, n, more, ours, other):
    said = subprocess.run([str(build / "bench" / "desk-load"), kind, str(n), str(more), ours, other],
                          check=True, stdout=subprocess.PIPE, text=True, timeout=600).stdout
    return json.loads(said)


def pages(build, house, b, table):
    """The unchanged day view beside a constant body, and the first page after a change beside a
    bare reading of the same rows."""
    kept = house.folder / "page.html"
    kept.write_bytes(b.get("/").bytes)
    ours = f"127.0.0.1:{house.port}:/:{b.cookie}"
    with peer(build, "constant", kept) as (_, port):
        r = load(build, "rate", REQUESTS, WIDTH, ours, f"127.0.0.1:{port}:/:x=y")
    table.add("desk: the unchanged day view", f"{r['ours']:.0f}", "/s", "at least 80 % of constant",
              r["ratio"] >= 0.8, f"libmicrohttpd, a constant body {r['peer']:.0f}/s, x "
              f"{r['ratio']:.3f}; {r['bytes']} bytes")
    with peer(build, "rows", house.db, DAY) as (_, port):
        r = load(build, "first", FIRSTS, house.db, ours, f"127.0.0.1:{port}:/:x=y")
    table.add("desk: the first page after a change", f"{r['ours']:.0f}", "us",
              "at most 1.5 x bare reading", r["ratio"] <= 1.5, f"the same rows read and escaped "
              f"{r['peer']:.0f} us, x {r['ratio']:.3f}; {r['bytes']} and {r['peer_bytes']} bytes")


def add_rows(build, table):
    build = pathlib.Path(build)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    with tempfile.TemporaryDirectory(prefix="dynamo-bench-desk-", dir="/dev/shm") as folder:
        with DeskHouse(build, folder) as house:
            house.make(NOW)
            fill(house)
            house.start()
            pages(build, house, streams(build, house, table), table)
