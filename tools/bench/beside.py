"""The kiosk on a real X server, beside an equal page in bare SDL2, Chromium, GTK 3 and Qt Quick.

Everything is measured from outside, as a person sees it: a program is started until its page
stands on the screen, X events go in, pixels are read back, memory is what the kernel counts
for all processes of the program. They take turns in the same run; GTK 3 and Qt Quick stand beside
start, memory and rest only.
"""
import concurrent.futures
import json
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
W, H = 1080, 1920
ROOT_COLOUR = "000000"
MARGIN, BAR, COLUMNS, ROWS = 40, 140, 10, 4  # the places of bare.c and peer.html


class Screen:
    """An Xvfb of our own."""

    def __enter__(self):
        read, write = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{W}x{H}x24", "-nolisten", "tcp",
             "-noreset"], pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told:  # to the end of the line: a pipe closed early kills it
            self.name = ":" + told.readline().strip()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


class Shown:
    """A program that runs on that screen, driven by X events."""

    def __init__(self, argv, screen, x11, pixel=(W // 2, 60)):
        self.env = dict(os.environ, DISPLAY=screen.name)
        for name in ("SDL_VIDEODRIVER", "WAYLAND_DISPLAY"):
            self.env.pop(name, None)
        self.x11, self.argv, self.pixel, self.process = x11, argv, pixel, None

    def __enter__(self):
        self.process = subprocess.Popen(self.argv, env=self.env, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, start_new_session=True)
        for _ in range(300):
            if self.colour() != ROOT_COLOUR:
                break
            time.sleep(0.1)
        else:
            raise RuntimeError(f"{self.argv[0]} showed nothing within 30 s")
        time.sleep(1.0)  # a browser paints white first
        self.do("rest")
        return self

    def __exit__(self, *_):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(20)

    def do(self, *args, more=()):
        done = subprocess.run([self.x11, *map(str, args), *more], env=self.env, text=True,
                              timeout=600, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode != 0:
            raise RuntimeError(f"x11 {' '.join(map(str, args))}: {done.stderr.strip()}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def click(self, at):
        self.do("click", *at)
        self.do("rest")

    def colour(self):
        return self.do("pixel", *self.pixel)["pixel"]

    def start(self, colour):
        """ms from exec until its page stands there."""
        return self.do("start", *self.pixel, colour, "--", more=self.argv)

    def pids(self):
        """The program's processes: all of its session."""
        found = []
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[3]) == self.process.pid:
                found.append(int(stat.parent.name))
        return found

    def pss_mib(self):
        return sum(pss_kib(pid) for pid in self.pids()) / 1024

    def switches(self):
        """Context switches of all threads, and CPU ticks."""
        total = ticks = 0
        for pid in self.pids():
            for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
                for line in (task / "status").read_text().splitlines():
                    if "ctxt_switches" in line:
                        total += int(line.split()[1])
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return total, ticks


def rollup_kib(pid, what):
    try:
        text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith(what + ":"))


def pss_kib(pid):
    return rollup_kib(pid, "Pss")


def middle(box):
    return box["x"] + box["w"] // 2, box["y"] + box["h"] // 2


def peers(build, folder):
    """name -> argv; a peer that is not on this machine is None."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    return {
        "bare SDL2": [str(build / "bench-bare"), str(W), str(H)],
        "Chromium": chromium and [
            chromium, "--kiosk", "--no-first-run", "--no-sandbox", "--disable-gpu",
            "--password-store=basic", f"--window-size={W},{H}", "--window-position=0,0", f"--user-data-dir={folder}/chromium",
            f"file://{HERE}/kiosk/peer.html"],
        "GTK 3": built(build / "bench-gtk", W, H),
        "Qt Quick": built(build / "bench-qtquick", W, H, HERE / "peers" / "page.qml"),
    }


TOUCHED = ("kiosk", "bare SDL2", "Chromium")


def built(program, *args):
    """Its argv; None where its toolkit is not on this machine."""
    return [str(program), *map(str, args)] if program.exists() else None


# Where to touch in bare.c and peer.html: a box (its colour read off the letter), and the bar.
BOX = (MARGIN + 4 * (W - 2 * MARGIN) // COLUMNS + 50, H // 2 + 60)
BOX_PIXEL = (BOX[0] - 35, BOX[1] + 40)
NEXT = (W // 2, H - MARGIN - BAR // 2)
PAGE_PIXEL = (W // 2, 60)


def beside(table, name, unit, ours, others, goal, verdict, digits=1):
    """One row: our figure, each peer's and the ratio to it; None: not on this machine."""
    said = [f"{peer} {value:.{digits}f}, x {ours / value:.2f}" if value else f"{peer}: not here"
            for peer, value in others.items()]
    table.add(name, f"{ours:.{digits}f}", unit, goal, verdict(ours, others), "; ".join(said))


def within(limits):
    """Met when ours is at most factor times each peer that is here."""
    return lambda ours, others: all(ours <= factor * others[peer] for peer, factor in limits.items()
                                    if others.get(peer))


def measure_start(table, programs, missing, rounds):
    times = {name: [] for name in programs}
    cpu = {name: [] for name in programs}
    colours = {}
    for name, shown in programs.items():
        with shown:
            colours[name] = shown.colour()
    for _ in range(rounds):
        for name, shown in programs.items():
            found = shown.start(colours[name])
            times[name].append(found["ms"])
            cpu[name].append(found["cpu_ms"])
    median = {name: statistics.median(v) for name, v in times.items()} | missing
    ours = median.pop("kiosk")
    beside(table, "exec to first pixel on the display", "ms", ours, median,
           "1.0 x bare, Chromium / 12", within({"bare SDL2": 1.0, "Chromium": 1 / 12}))
    used = {name: statistics.median(v) for name, v in cpu.items()} | missing
    beside(table, "CPU time of that", "ms", used.pop("kiosk"), used, "Chromium / 25",
           within({"Chromium": 1 / 25}), 0)


def measure_touch(table, programs, spots, n):
    """Key press and new screen; spots: name -> (before, box, its pixel, turns, their pixel)."""
    press, page = {}, {}
    for name, shown in programs.items():
        spot = spots[name]
        with shown:
            for at in spot["to_turns"]:
                shown.click(at)
            page[name] = shown.do("turns", *spot["turns"][0], *spot["turns"][1], *spot["turns_px"],
                                  max(n // 4, 10))
            for at in spot["to_box"]:
                shown.click(at)
            press[name] = shown.do("press", *spot["box"], *spot["box_px"], n)
    for key, digits in (("p50_ms", 2), ("p99_ms", 2)):
        values = {name: found[key] for name, found in press.items()}
        ours = values.pop("kiosk")
        if key == "p50_ms":
            beside(table, f"touch to pixel inside a screen, p50 of {n}", "ms", ours, values,
                   "1.5 x bare, Chromium / 5", within({"bare SDL2": 1.5, "Chromium": 1 / 5}), digits)
        else:
            beside(table, f"touch to pixel inside a screen, p99 of {n}", "ms", ours, values,
                   "4 ms, 2 x bare", lambda o, p: o <= 4 and o <= 2 * p["bare SDL2"], digits)
    values = {name: found["p50_ms"] for name, found in page.items()}
    ours = values.pop("kiosk")
    beside(table, "touch to pixel, new screen, p50", "ms", ours, values, "1.3 x bare, Chromium / 3",
           within({"bare SDL2": 1.3, "Chromium": 1 / 3}), 2)


def measure_idle(table, programs, seconds):
    """The kiosk for all of that time, the peers for the tenth part of it each."""
    found = {}
    for name, shown in programs.items():
        length = seconds if name == "kiosk" else max(seconds // 10, 5)
        with shown:
            time.sleep(2)
            before, ticks = shown.switches()
            time.sleep(length)
            after, more = shown.switches()
            found[name] = (after - before, (more - ticks) * 10, length)
    ours, cpu, _ = found.pop("kiosk")
    # each wake-up is one switch away and one back
    table.add(f"context switches in {seconds} s at rest", str(ours), "", "only due deadlines",
              ours <= 2 * (seconds // 10 + 2),
              f"{cpu} ms CPU; a second: " + "; ".join(f"{name} {n / s:.1f}, {ms / s:.1f} ms"
                                                      for name, (n, ms, s) in found.items()))


def visits_of():
    """After so many visits memory is looked at; few, and many."""
    return [int(v) for v in os.environ.get("VISITS", "100,1100").split(",")]


def visits_played(argv, env, visit, marks):
    """Plays visits until the last mark; yields (mark, pid) while the kiosk stands still at each."""
    with tempfile.TemporaryDirectory(prefix="dynamo-bench-") as folder:
        # the kiosk stands still while it opens a pipe that nobody reads yet
        pipes = {n: pathlib.Path(folder) / f"at{n}.json" for n in marks}
        for pipe in pipes.values():
            os.mkfifo(pipe)
        script = pathlib.Path(folder) / "visits.script"
        script.write_text("".join(
            visit.format(n=1 + i % 28, month=1 + i // 28 % 12, year=2000 + i // 336) +
            (f"tree {pipes[i + 1]}\n" if i + 1 in pipes else "") for i in range(max(marks))))
        process = subprocess.Popen([*argv, "--script", str(script)], env=env,
                                   stdout=subprocess.DEVNULL, start_new_session=True)
        for mark, pipe in pipes.items():
            while pathlib.Path(f"/proc/{process.pid}/wchan").read_text() != "wait_for_partner":
                if process.poll() is not None:
                    raise SystemExit("bench: the script of visits failed")
                time.sleep(0.2)
            yield mark, process.pid
            pipe.read_bytes()
        process.wait(60)


def measure_memory(table, programs, missing, kiosk_argv, visit, visits):
    """PSS of every process after visits, on the display and in real time."""
    pss = dict(missing)
    for name, shown in programs.items():
        if name == "kiosk":
            continue
        with shown:
            pss[name] = shown.pss_mib()
    for _, pid in visits_played(kiosk_argv, programs["kiosk"].env, visit, [visits]):
        ours = pss_kib(pid) / 1024
    beside(table, f"memory (PSS) after {visits} visits", "MiB", ours, pss,
           "bare + 8 MiB, Chromium / 18",
           lambda o, p: o <= p["bare SDL2"] + 8 and (not p.get("Chromium") or o * 18 <= p["Chromium"]))


def measure_growth(table, build, kiosk_argv, visit):
    """What a thousand visitors leave behind: pages that only this program holds and has written, so
    that no neighbour has a say. In a time that only waits move (kiosk/steady.c), without a display."""
    few, many = visits_of()
    argv = [str(build / "bench" / "kiosk-steady"), *kiosk_argv[1:]]
    env = dict(os.environ, SDL_VIDEODRIVER="dummy")
    at = {n: rollup_kib(pid, "Private_Dirty") for n, pid in visits_played(argv, env, visit, [few, many])}
    table.add(f"growth between visit {few} and {many}", str(at[many] - at[few]), "KiB",
              "at most 256 KiB", at[many] - at[few] <= 256,
              f"of its own pages: {at[few]:,} and {at[many]:,} KiB")


def rows(table, build, house, kiosk_argv, boxes, visit, to_name, rounds, counts):
    """Everything above. boxes(script): where the kiosk's widgets stand behind that script. Rest and
    visits take minutes in which this machine has little to do, and nothing in them is timed: pages
    and instructions (each of `counts`) are counted meanwhile."""
    welcome = boxes("tap attract.start\nexpect screen welcome")
    birth = boxes("tap attract.start\ntap welcome.walk_in\nexpect screen birth")
    name = boxes(to_name)
    key = name["key.a"]
    spots = {
        "kiosk": {
            "to_turns": [(W // 2, H // 2)],
            "turns": (middle(welcome["welcome.walk_in"]), middle(birth["nav.back"])),
            "turns_px": middle(birth["birth.day.17"]),
            "to_box": [middle(welcome["welcome.walk_in"])] +
                      [middle(birth[f"birth.{part}"]) for part in ("day.3", "month.5", "year.2004")],
            "box": middle(key), "box_px": (key["x"] + key["w"] // 5, key["y"] + key["h"] // 5),
        },
    }
    plain = {"to_turns": [], "turns": (NEXT, NEXT), "turns_px": PAGE_PIXEL, "to_box": [], "box": BOX,
             "box_px": BOX_PIXEL}
    n = int(os.environ.get("TAPS", "60"))
    with tempfile.TemporaryDirectory(prefix="dynamo-bench-") as folder, Screen() as screen:
        x11 = str(build / "bench-x11")
        programs = {"kiosk": Shown(kiosk_argv, screen, x11, (4, H // 2))}
        missing = {}
        for peer, argv in peers(build, folder).items():
            spots[peer] = plain
            if argv:
                programs[peer] = Shown(argv, screen, x11)
            else:
                missing[peer] = None
        measure_start(table, programs, missing, rounds)
        touched = {name: shown for name, shown in programs.items() if name in TOUCHED}
        measure_touch(table, touched, spots, n)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            meanwhile = [pool.submit(add_rows) for add_rows in counts]
            measure_idle(table, programs, int(os.environ.get("IDLE_S", "60")))
            measure_memory(table, programs, missing, kiosk_argv, visit, visits_of()[0])
            for counted in meanwhile:
                counted.result()
