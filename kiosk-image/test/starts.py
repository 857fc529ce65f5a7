"""How a box starts: with a stick, after a power cut, as quickly as another, after crashes, by its watchdog."""
import random
import subprocess
import time

from counter import BOOT_A
from machine import Failed, Machine
from run import BOOT

SYSTEM_A = 193  # MiB from the disk's start
# The box makes its own code: what these have in common must stand on the screen. Of two QR codes half the squares are
# the same by chance, of eight hardly any.
DRAWN = random.Random(8)
PAPERS = ["DYNR1-" + "-".join("".join(DRAWN.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=8)) for _ in range(7))
          for _ in range(8)]
USB_OF_EMULATOR = "0627:0001\n"  # its keyboard and its panel


def first_start(run, box=None):
    box = box or run.box
    if not box.process:
        box.start()
    box.wait(r"dynamo-first-start: the paper for the safe is on the screen", BOOT)
    run.notice("paper", *PAPERS, box=box)
    if box.stick:
        box.pull_stick()
    else:
        box.pull_plugged()
    box.wait(r"dynamo-first-start: done", BOOT)


def wrong_stick(run):
    """The screen asks for a stick, then says that this one is wrong and why, as long as no other comes; that lists a
    panel on USB too."""
    run.box.stick = None
    run.box.start()
    run.notice("stick")
    run.box.plug_stick(run.site.wrong_stick())
    run.box.wait(r"dynamo-first-start: the stick was refused", BOOT)
    why = run.box.wait(r"dynamo-first-start:   (.*)", BOOT)[1].strip()
    seen = run.notice("refused", why.replace("dynamoctl: /data/first-start/", ""))
    run.box.pull_plugged()
    run.box.wait(r"dynamo-first-start: no stick called DYNAMO", BOOT)
    run.notice("refused", why.replace("dynamoctl: /data/first-start/", ""))
    run.box.plug_stick(run.site.stick(allowed=USB_OF_EMULATOR))
    return f": {why}{seen}"


# Houses come to the register spread over three hours; this one at once. Nothing else about the image is otherwise.
UPLOAD_AT_ONCE = ("systemd.unit-dropin.dynamo-upload.timer", "[Timer]\nRandomizedDelaySec=0\n")


def power_cut(run):
    run.site.start_register(f"{run.at('09:30', days=1)}+01:00")
    run.box.credentials = [UPLOAD_AT_ONCE]
    run.restart(run.at("08:30", days=1))
    _, outbox = run.queue()
    return f": outbox {outbox}"


def uploaded(run):
    """The night was missed: the run is made up for after the start."""
    end = time.monotonic() + BOOT
    while time.monotonic() < end:
        if run.site.register_holds() >= 1:
            run.box.credentials = []
            return f": {run.site.register_holds()} in the register outside"
        time.sleep(2)
    raise Failed("nothing came to the register: " + run.box.said()[-1500:])


# The first frame is what the kiosk calls ready; cage is, when it starts its program.
READY = ("systemd.unit-dropin.dynamo-kiosk.service", "[Service]\nStandardOutput=journal+console\n"
         "ExecStartPost=+/bin/sh -c 'read up rest </proc/uptime; echo dynamo-test: screen after $up s'\n")


def seconds(run):
    """From the kernel's first moment to the welcome screen, by the box's own clock; beside it the same box
    whose screen is a bare cage with an empty program."""
    def until_screen(box):
        box.credentials = [READY]
        box.start()
        try:
            return float(box.wait(r"dynamo-test: screen after ([\d.]+) s", BOOT)[1])
        finally:
            box.cut()
            box.credentials = []

    run.box.cut()
    copy = run.folder / "bare.img"
    subprocess.run(["cp", "--sparse=always", run.box.disk, copy], check=True)
    for name, at in (("boot.vfat", BOOT_A), ("system.img", SYSTEM_A)):
        subprocess.run(["dd", f"if={run.image / 'bare' / name}", f"of={copy}", "bs=1M", f"seek={at}",
                        "conv=notrunc", "status=none"], check=True)
    run.box.now = run.at("09:00", days=1)
    ours = until_screen(run.box)
    bare = until_screen(Machine(run.site.workshop, run.folder / "bare", copy, now=run.box.now))
    copy.unlink()
    return f": {ours:.1f} s, bare cage {bare:.1f} s, {ours / bare:.2f} times"


CRASHES = (("systemd.extra-unit.dynamo-test-crash.service", """[Unit]
After=dynamo-healthy.service
[Service]
Type=oneshot
TimeoutStartSec=infinity
StandardOutput=journal+console
ExecStart=/bin/sh -c 'for n in 1 2 3 4 5; do echo dynamo-test: crash $n; \
systemctl kill --signal=KILL dynamo-kiosk.service; sleep 5; \
until systemctl --quiet is-active dynamo-kiosk.service || systemctl --quiet is-failed dynamo-kiosk.service; \
do sleep 2; done; done'
"""), ("systemd.unit-dropin.multi-user.target", "[Unit]\nWants=dynamo-test-crash.service\n"))


def crashes(run):
    """Four times the kiosk comes back by itself; after the fifth the screen says that it is out of order."""
    run.box.credentials = list(CRASHES)
    run.restart(run.at("09:00", days=1))
    before = run.box.wait(r"(?s)\A(.*)dynamo-test: crash 5", BOOT)[1]
    if "dynamo-out-of-order" in before:
        raise Failed("one crash was enough")
    run.box.wait(r"dynamo-out-of-order: the kiosk does not stay up", BOOT)
    seen = run.notice("broken")
    if run.site.desk().ask("GET", "/board")[0] != 200:
        raise Failed("the desk does not go on")
    run.box.credentials = []
    run.box.cut()
    return seen


# Frozen is the first program, which tells the board's watchdog that all goes on: nothing ends, and nothing goes on.
STANDS = (("systemd.extra-unit.dynamo-test-stand.service", """[Unit]
After=dynamo-healthy.service
[Service]
Type=oneshot
TimeoutStartSec=infinity
StandardOutput=journal+console
ExecStart=/bin/sh -c 'if [ "$(cat /sys/class/watchdog/watchdog0/bootstatus)" = 0 ]; then \
echo dynamo-test: the box stands still >/dev/console; sync; \
echo 1 >/sys/fs/cgroup/init.scope/cgroup.freeze; sleep infinity; fi; \
sed "s/^/dynamo-test: /" /run/dynamo-box/facts'
"""), ("systemd.unit-dropin.multi-user.target", "[Unit]\nWants=dynamo-test-stand.service\n"))


def stands_still(run):
    """No new start is asked for: the board's watchdog gives one, and it is counted."""
    run.box.credentials = list(STANDS)
    run.restart(run.at("09:00", days=1))
    run.box.wait(r"dynamo-test: the box stands still", BOOT)
    run.box.wait(r"dynamo-grub: slot a", BOOT)
    resets = run.box.wait(r"dynamo-test: watchdog_resets=(\d+)", BOOT)[1]
    run.box.credentials = []
    run.box.cut()
    if resets != "1":
        raise Failed(f"{resets} starts by the watchdog are counted")
