"""What must not work on a box: ports, keyboards, sticks, a copied disk, changed bytes."""
import subprocess

from machine import Failed, Machine
from ports import open_ports
from run import BOOT, PERSON
from starts import SYSTEM_A, first_start


def one_port(run):
    found = open_ports(run.box)
    if found != [443]:
        raise Failed(f"open: {found}")


def keyboard(run):
    """Ctrl+Alt+Del, a console, SysRq; then the welcome screen is still there."""
    run.box.plug("usb-kbd", "keyboard")
    for keys in (["ctrl", "alt", "delete"], ["ctrl", "alt", "f2"], ["alt", "sysrq", "b"], ["ret"]):
        run.box.command("send-key", keys=[{"type": "qcode", "data": k} for k in keys])
    run.box.wait(r"usb-gate: .* stays outside", BOOT)
    return run.welcome()


def stick_outside(run):
    empty = run.folder / "empty"
    empty.mkdir(exist_ok=True)
    (empty / "update.raucb").write_text("not one")
    run.box.plug_stick(run.site.image("other.img", empty))
    run.box.wait(r"usb-gate: .* stays outside", BOOT)
    run.box.pull_plugged()


def service_window(run):
    """An admin lets one stick in: its update is looked at, and it is told how the box is."""
    with_support = run.folder / "with-support"
    with_support.mkdir(exist_ok=True)
    (with_support / "update.raucb").write_text("not one")
    (with_support / "support").write_text("")
    stick = run.site.image("support.img", with_support)
    run.open_window()
    run.box.plug_stick(stick)
    run.box.wait(r"dynamo-service-window: told the stick what the box knows of itself", BOOT)
    run.box.wait(r"dynamo-update: refused: no valid signature", BOOT)
    run.box.wait(r"dynamo-service-window: sticks stay outside again", BOOT)
    run.box.pull_plugged()
    told = subprocess.run(["mtype", "-i", stick, "::/dynamo-support.txt"], check=True, text=True,
                          stdout=subprocess.PIPE, errors="replace").stdout
    if "slot=a" not in told:
        raise Failed("the stick was not told the slot: " + told[:500])
    for word in (PERSON["given"], PERSON["family"], PERSON["birth"], "Berg"):
        if word in told:
            raise Failed("personal data went to the stick: " + word)
    return f": {len(told)} characters"


def copied_disk(run):
    """Another board's serial numbers: the data partition stays shut."""
    copy = run.folder / "copied.img"
    run.box.cut()
    subprocess.run(["cp", "--sparse=always", run.box.disk, copy], check=True)
    thief = Machine(run.site.workshop, run.folder / "thief", copy, serial_number="ANOTHER-BOARD",
                    identity="0d9a7a5e-7a52-4c36-a3a1-6f1c64d20002", now=run.at("09:00", days=1))
    try:
        thief.start()
        thief.wait(r"No key available with this passphrase", BOOT)
    finally:
        thief.cut()
        copy.unlink()


def tpm(run):
    """Its key opens the partition again, and without it nothing does, on the same board. This box's panel
    hangs turned: people see the pages upright, and their fingers hit."""
    box = run.new_box("sealed", tpm=True, turned=True, stick=run.site.stick("[display]\nturned = 90\n"))
    try:
        box.start()
        box.wait(r"dynamo-data: the TPM keeps the key", BOOT)
        first_start(run, box)
        told = run.welcome(box)
        box.touch(run.steps[0].x, run.steps[0].y)
        run.see("turned", run.steps[1].picture, least=0.9, box=box)
        box.cut()
        box.start()
        box.wait(r"dynamo-data: open", BOOT)
        box.cut()
        box.tpm = False
        box.start()
        box.wait(r"No key available with this passphrase", BOOT)
        return told
    finally:
        box.cut()
        box.disk.unlink()


def changed_root(run):
    """Bytes of slot a are changed: its start is refused, again and again; it is never used."""
    copy = run.folder / "changed.img"
    subprocess.run(["cp", "--sparse=always", run.box.disk, copy], check=True)
    first = SYSTEM_A + int((run.image / "system.img").stat().st_size / 1048576 / 2)
    with open(copy, "r+b") as f:
        for mib in range(SYSTEM_A, first, 2):
            f.seek(mib << 20)
            f.write(b"changed!" * 64)
    box = Machine(run.site.workshop, run.folder / "changed", copy, now=run.at("09:00", days=1))
    try:
        box.start()
        box.wait(r"(?s)dynamo-grub: slot a.*dynamo-grub: slot a", BOOT)
    finally:
        box.cut()
        copy.unlink()
