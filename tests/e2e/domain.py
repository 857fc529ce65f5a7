"""A small house of known rules for the acceptance tests of the domain.

Place drives dynamoctl on a simulated database and reads its JSON; roster() makes the
house that each test starts from, so that a test says in its own lines what differs.
Only Python's standard library.
"""
import json
import os
import pathlib
import re
import sys
import traceback

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tools"))
from house import House, own_folder  # noqa: E402

DAY = "2026-03-24"  # a Tuesday
SUMMER = ("2026-03-29", "2026-10-25")  # first day of summer time, first of winter time
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
QUEUE_KEYS = ["visit", "ticket", "state", "band", "kind", "service", "coach", "arrived", "due",
              "wait_min", "wait_max"]
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def at(time, day=DAY):
    """A wall-clock time in Europe/Amsterdam; not for the nights in which the clocks change."""
    summer = SUMMER[0] <= day < SUMMER[1] or "2027-03-28" <= day < "2027-10-31"
    return f"{day}T{time}{':00' if len(time) == 5 else ''}{'+02:00' if summer else '+01:00'}"


def hours(start, stop, days=("mon", "tue", "wed", "thu", "fri"), **other):
    return {"weekdays": list(days), "from": start, "to": stop, **other}


def coach(ident, services, *availability, **other):
    return {"id": ident, "name": other.pop("name", ident.title()), "role": "trajectbegeleider",
            "room": "1", "services": list(services),
            "availability": [{"valid_from": "2026-01-05", **a} for a in availability], **other}


def service(ident, minutes=30, topics=(), **other):
    return {"id": ident, "name": {"nl": ident.title(), "en": ident.title()}, "minutes": minutes,
            "book": True, "walk_in": True, "topics": list(topics), **other}


def roster(**other):
    """Open on working days from 9 to 17, with two coaches of school and one of the rest."""
    rules = other.pop("rules", {})
    whole = {
        "version": 1,
        "site": {"id": "roosendaal", "name": "Dynamo Roosendaal", "timezone": "Europe/Amsterdam",
                 "municipality": "1674"},
        "opening": [{**hours("09:00", "17:00"), "for": ["walk_in", "appointment"],
                     "valid_from": "2026-01-01"}],
        "closures": [],
        "services": [service("school", 30, ["school", "absence"]),
                     service("work", 45, ["work"], buffer_minutes=15),
                     service("rest", 30, ["money"], default=True)],
        "coaches": [coach("anna", ["school"], hours("09:00", "17:00")),
                    coach("bram", ["school", "work"], hours("09:00", "17:00")),
                    coach("cleo", ["rest"], hours("09:00", "17:00"))],
        "rules": {"step_minutes": 15, "lead_minutes": 60, "horizon_days": 60, "hold_seconds": 180,
                  "late_minutes": 10, "no_show_minutes": 15, "starve_minutes": 45,
                  "calls_before_missed": 3, "recall_block_minutes": 5, **rules}}
    whole.update(other)
    return whole


def opening(start, stop, days=WEEK, **other):
    return {**hours(start, stop, days), "for": ["walk_in", "appointment"],
            "valid_from": "2026-01-01", **other}


def one_coach(availability, **other):
    """Only anna, who only does school."""
    rules = availability if isinstance(availability, list) else [availability]
    return roster(services=[service("school", 30, ["school"], default=True)],
                  coaches=[coach("anna", ["school"], *rules, **other)])


def person(n=0, **other):
    """Somebody of their own birth date, so that nobody is taken for another."""
    fields = {"given": "Bo", "family": "Li", "municipality": "1674", "topic": "school",
              "birth": f"{2001 + n // 336}-{1 + n // 28 % 12:02d}-{1 + n % 28:02d}", **other}
    return [word for name, value in fields.items() if value is not None
            for word in (f"--{name}", value)]


class Place(House):
    """One database in a folder of its own. Every call names its time: at("09:00")."""

    def start(self, whole=None, now=None, at_work=()):
        now = now or at("08:00", "2026-03-20")
        self.ctl(now, "init", "--simulated")
        self.take(now, whole or roster())
        for name in at_work:
            self.one(at("08:00"), "at-work", "--coach", name)
        return self

    def file(self, whole, name="roster.json"):
        path = self.folder / name
        if isinstance(whole, bytes):
            path.write_bytes(whole)
        else:
            path.write_text(whole if isinstance(whole, str) else json.dumps(whole))
        return path

    def take(self, now, whole):
        return self.ctl(now, "roster", "import", self.file(whole))

    def one(self, now, *argv, stdin=None):
        rows = self.ctl(now, *argv, stdin=stdin)
        assert len(rows) == 1, f"{argv}: {rows}"
        return rows[0]

    def refused(self, now, *argv, stdin=None, why=""):
        """Status 1, nothing on stdout, one line `dynamoctl: what: why` on stderr: the line."""
        done = self.ctl(now, *argv, check=False, stdin=stdin)
        assert done.returncode == 1, f"{argv}: status {done.returncode}: {done.stdout}{done.stderr}"
        assert not done.stdout, f"{argv}: refused, yet printed {done.stdout}"
        assert re.fullmatch(r"dynamoctl: [^\n]+: [^\n]+\n", done.stderr), repr(done.stderr)
        assert why in done.stderr, f"{done.stderr!r} does not say {why!r}"
        return done.stderr

    def misused(self, now, *argv, stdin=None):
        """Status 2 and nothing on stdout."""
        done = self.ctl(now, *argv, check=False, stdin=stdin)
        assert done.returncode == 2, f"{argv}: status {done.returncode}: {done.stdout}{done.stderr}"
        assert not done.stdout and done.stderr.startswith("dynamoctl: "), repr(done.stderr)
        return done.stderr

    def clean(self, now):
        done = self.ctl(now, "check", check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    # -- booking ------------------------------------------------------------
    def slots(self, now, day, to=None, of="school", coach=None):
        argv = ["--coach", coach] if coach else []
        return self.ctl(now, "slots", "--service", of, *argv, "--from", day, "--to", to or day)

    def starts(self, now, day, of="school", coach=None):
        """The free starts of a day as wall-clock times: 09:00 09:15."""
        return [row["start"][11:16] for row in self.slots(now, day, of=of, coach=coach)]

    def hold(self, now, start, of="school", coach=None, *more):
        argv = ["--coach", coach] if coach else []
        return self.one(now, "hold", "--service", of, *argv, "--start", start, *more)

    def book(self, now, start, n=0, of="school", coach=None, **other):
        held = self.hold(now, start, of, coach)
        return self.one(now, "book", "--hold", held["hold"], *person(n, **other))

    def shown(self, now, booked):
        return self.one(now, "appointment", "show", "--id", booked["appointment"])

    # -- the queue ----------------------------------------------------------
    def walk_in(self, now, n=0, *more, **other):
        return self.one(now, "walk-in", *more, *person(n, **other))

    def queue(self, now, *more):
        rows = self.ctl(now, "queue", *more)
        for row in rows:
            assert list(row) == QUEUE_KEYS, list(row)
        return rows

    def tickets(self, now, *more):
        return [row["ticket"] for row in self.queue(now, *more)]

    def row(self, now, ticket):
        found = [row for row in self.queue(now) if ticket in (row["ticket"], row["visit"])]
        return found[0] if found else None

    def act(self, now, what, ticket, *more):
        return self.one(now, what, "--visit", ticket, *more)

    def serve(self, now, who, ticket=None):
        """Calls (the next) and starts."""
        got = self.one(now, "call", "--coach", who, *(["--visit", ticket] if ticket else []))
        return self.act(now, "start", got["ticket"])


def same(got, want, what=""):
    assert got == want, f"{what}{': ' if what else ''}{got} is not {want}"


def main():
    """Each test gets a place of its own; argv: BUILD_FOLDER [WORD]."""
    build = sys.argv[1]
    word = sys.argv[2] if len(sys.argv) > 2 else ""
    bad = 0
    for function in TESTS:
        if word not in function.__name__:
            continue
        with own_folder("dynamo-domain-") as folder:
            try:
                function(Place(build, folder))
                print(f"ok {function.__name__}", flush=True)
            except Exception as error:  # the next test runs whatever this one met
                bad += 1
                print(f"not ok {function.__name__}: {error}", flush=True)
                if os.environ.get("TRACE"):
                    traceback.print_exc()
                else:
                    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__)
                             if "test_domain" in f.filename]
                    print(f"    line {lines[-1] if lines else '?'}", flush=True)
    sys.exit(1 if bad else 0)
