"""Updates, from the server outside and by a stick: right ones, wrong ones, and power that goes meanwhile."""
import json
import random
import re
import time

from machine import PANEL, Failed
from run import BOOT

UPDATE_SOON = ("systemd.unit-dropin.dynamo-update.timer",
               "[Timer]\nOnCalendar=\nRandomizedDelaySec=0\nAccuracySec=1s\nOnActiveSec=1\n"
               "OnUnitInactiveSec=20\n")


def nights(run):
    """From now on the hour of the update comes again and again: the only thing about the image that is otherwise."""
    run.box.credentials = [UPDATE_SOON]
    run.restart(run.at("09:00", days=2))
    return run.good()


def offer(run, kind):
    run.site.serve(run.image / f"update-{kind}.raucb")


def somebody_here(run):
    """Somebody is in the queue; then nobody is, and a finger is on the screen: both times another night."""
    said = r"dynamo-update: somebody is here: another night"
    desk = run.site.desk()
    run.comes(desk)
    offer(run, "first")
    run.box.wait(said, BOOT)
    line = json.loads(desk.act("next"))
    line = json.loads(desk.act("start", line))
    desk.act("finish", line, outcome="done", service="school")
    run.box.wait(r"dynamo-update: writing", BOOT)
    end = time.monotonic() + BOOT
    while not re.search(said, run.box.said()):
        if "installed" in run.box.said() or time.monotonic() > end:
            raise Failed("it was installed while somebody used the screen")
        run.box.touch(PANEL[0] // 2, PANEL[1] // 2)
        time.sleep(3)
    run.site.stop_serving()
    run.box.wait(said, BOOT)


def update_refused(run, kind, why):
    offer(run, kind)
    run.box.wait(rf"dynamo-update: refused: {why}", BOOT)


def runs(run, slot):
    said = run.good()
    if f"slot {slot}" not in said:
        raise Failed(f"slot {slot} should run: {said}")
    return said


def installed(run):
    """The version on offer is written and started."""
    told = run.box.wait(r"dynamo-update: installed (\S+):", BOOT)[1]
    run.site.stop_serving()
    return told


def update_cut(run):
    """The power goes while the new version is written: the one before goes on."""
    offer(run, "first")
    run.box.wait(r"dynamo-update: writing", BOOT)
    time.sleep(random.Random(8).uniform(1, 10))
    if "installed" in run.box.said():
        raise Failed("it was written before the cut")
    run.restart(run.at("09:30", days=2))
    return runs(run, "a")


def migration_cut(run):
    """The power goes while the new version makes its tables: the one before goes on with what it had."""
    version = installed(run)
    run.box.wait(r"dynamo-grub: slot b", BOOT)
    run.box.wait(r"dynamo-data: open", BOOT)
    time.sleep(random.Random(9).uniform(1, 5))
    if "Brought the database" in run.box.said():
        raise Failed("the tables were made before the cut")
    run.restart(run.at("09:40", days=2))
    run.box.wait(r"dynamo-grub: slot a", BOOT)
    run.box.wait(r"dynamo-data: The database is at version", BOOT)
    return f": of {version}{runs(run, 'a')}"


def update_good(run):
    offer(run, "good")
    installed(run)
    told = run.box.wait(r"dynamo-data: Brought the database (from version \d+ to \d+)", BOOT)[1]
    return f"{runs(run, 'b')}, its database {told}"


def update_by_stick(run):
    """No network: in a service window a stick brings the newer version, and it starts at once."""
    bundle = run.image / "update-next.raucb"
    brings = run.folder / "brings"
    brings.mkdir()
    (brings / "update.raucb").hardlink_to(bundle)
    stick = run.site.image("update.img", brings, (bundle.stat().st_size >> 20) + 32)
    run.open_window()
    run.box.plug_stick(stick)
    told = run.box.wait(r"dynamo-update: installed (\S+):", BOOT)[1]
    run.box.wait(r"dynamo-grub: slot b", BOOT)
    said = runs(run, "b")
    if told not in said:
        raise Failed(f"{told} was installed, and now {said}")
    return said


def update_hangs(run):
    offer(run, "hang")
    installed(run)
    run.box.wait(r"dynamo-grub: slot a", BOOT)
    run.box.wait(r"dynamo-data: Brought the database", BOOT)
    run.box.wait(r"dynamo-healthy: version .* is not well: back to the one before", BOOT)
    run.box.wait(r"dynamo-data: back to .*: the copy before the update is in force", BOOT)
    return runs(run, "b") + ", its database as it was"
