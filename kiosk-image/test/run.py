"""One box with its house: what the parts of a test are made of."""
import re
import subprocess
import time

from machine import PANEL, Failed, Machine, kind_of
from pictures import alike, differing, in_both, same_in_all
from site_of_test import ROSTER, Site
from walk import GREETINGS, notice, plan

# Bounds on hopeless cases only: an idle computer needs a tenth of them.
BOOT = 5400
SCREEN = 1800
PERSON = {"given": "Noor", "family": "van den Berg", "birth": "2004-05-17", "municipality": "1674",
          "topic": "school", "lang": "nl"}


class Run:
    """name: of its folder, and of its sentences."""

    def __init__(self, image, workshop, name):
        self.image, self.folder = image, image / "test" / name
        self.folder.mkdir(parents=True)
        self.site = Site(self.folder, workshop)
        self.box = self.new_box("box", stick=self.site.stick())
        # What runs the image's programs on this computer.
        self.emulator = "" if kind_of(workshop) == "amd64" else workshop / "usr/bin/qemu-aarch64"
        self.greetings, self.steps = [], []
        self.expected = 0  # how many people the desk acknowledged

    def new_box(self, name, **more):
        disk = self.folder / f"{name}.img"
        subprocess.run(["cp", "--sparse=always", self.image / "disk.img", disk], check=True)
        with open(disk, "r+b") as f:
            f.truncate(disk.stat().st_size + (1 << 30))  # a box's disk is larger than the file
        return Machine(self.site.workshop, self.folder / name, disk, now=self.at("09:00"),
                       tcp=self.site.desk_port, outside=self.site.outside_port, **more)

    def at(self, utc, days=0):
        return f"{self.site.day.fromordinal(self.site.day.toordinal() + days)}T{utc}:00"

    def restart(self, now):
        self.box.cut()
        self.box.now = now
        self.box.start()

    def switch_on(self):
        self.box.start()

    def switch_off(self):
        """It, and what is outside of it."""
        self.box.cut()
        self.site.stop_register()
        self.site.stop_serving()

    def planned(self):
        """What the panel should show."""
        steps = plan(self.image / "tree", self.folder / "plan", ROSTER, PANEL, f"{self.at('10:00')}+01:00",
                     self.emulator)
        self.greetings, self.steps = steps[:GREETINGS], steps[GREETINGS:]

    def see(self, name, wanted, among=None, least=0.97, box=None):
        """Waits until the panel shows that picture."""
        box = box or self.box
        end = time.monotonic() + SCREEN
        best, before = 0.0, None
        while time.monotonic() < end:
            box.pause()
            try:
                seen = box.screen(name)
                if seen.rgb != before:
                    best, before = alike(seen, wanted, among), seen.rgb
                if best >= least:
                    return best
            finally:
                box.go_on()
            time.sleep(0.3)
        raise Failed(f"{name}: the panel does not show what the kiosk draws: {best:.3f} alike")

    def notice(self, name, *told, box=None):
        """Waits until the panel shows that page of dynamo-notice: what stands on an empty one, and is the same
        whichever of these things it is told."""
        def page(of, text=""):
            return notice(self.image / "tree", self.folder / "notices", PANEL, of, text, self.emulator)

        pages = [page(name, text) for text in told or [""]]
        wanted, among = same_in_all([pages[0], *pages])
        among = in_both(among, differing(wanted, page("empty")))
        return f" ({self.see(name, wanted, among, 0.9, box):.3f} alike)"

    def welcome(self, box=None):
        """The first page greets in one language after the other: what all of them show must be there."""
        wanted, among = same_in_all(self.greetings)
        return f" ({self.see('welcome', wanted, among, box=box):.3f} alike)"

    def good(self):
        return ": " + self.box.wait(r"dynamo-healthy: good: (.*)", BOOT)[1].strip()

    def queue(self):
        found = self.box.wait(r"dynamo-healthy: queue (\d+) outbox (.*)", BOOT)
        return int(found[1]), found[2].strip()

    def open_window(self):
        status, text = self.site.desk("ad").ask("POST", "/setup", {"act": "service_window"})
        if status != 200:
            raise Failed(f"the service window: {status} {text[:200]}")

    def comes(self, desk):
        """A coach takes somebody's words; each time another one."""
        form = desk.ask("GET", "/walk-in")[1]
        visit = re.search(r'name="visit" value="(\w{26})"', form)[1]
        another = "".join(chr(97 + self.expected // 26 ** i % 26) for i in range(3))
        status, text = desk.ask("POST", "/walk-in", {"visit": visit, **PERSON, "family": "Berg" + another})
        if status != 200:
            raise Failed(f"walk-in: {status} {text[:200]}")
        self.expected += 1
