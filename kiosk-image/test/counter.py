"""The boot counter, with GRUB as it is on the image and slots that fail at once: which slots it takes."""
import re
import subprocess
import time

from machine import Failed, Machine

ESP, BOOT_A, BOOT_B, BOOT_MIB = 1, 65, 129, 64
# What the counter says at first, and the slots that are then taken.
CASES = [
    ("a new box", "ORDER=a b,a_OK=1,b_OK=0,a_TRY=0,b_TRY=0,GOOD=", "aaaaaa"),
    ("a version on trial gets one try", "ORDER=b a,a_OK=1,b_OK=1,a_TRY=0,b_TRY=0,GOOD=a", "baaaaaaaab"),
    ("the good one may be cut off eight times", "ORDER=b a,a_OK=1,b_OK=1,a_TRY=0,b_TRY=0,GOOD=b", "bbbbbbbbab"),
    ("a slot that is bad is never taken", "ORDER=b a,a_OK=1,b_OK=0,a_TRY=1,b_TRY=0,GOOD=a", "aaaaaaaaaa"),
]


def run(*argv):
    subprocess.run([str(a) for a in argv], check=True, stdout=subprocess.DEVNULL)


def failing_slots(image, disk):
    """Both boot partitions read the menu again instead of starting a kernel."""
    run("cp", "--sparse=always", image / "disk.img", disk)
    again, boot = disk.with_name("slot.cfg"), disk.with_name("boot.vfat")
    again.write_text("configfile ($root)/grub.cfg\n")
    boot.unlink(missing_ok=True)
    with open(boot, "wb") as f:
        f.truncate(BOOT_MIB << 20)
    run("mkfs.vfat", boot)
    run("mcopy", "-i", boot, again, "::/slot.cfg")
    for at in (BOOT_A, BOOT_B):
        run("dd", f"if={boot}", f"of={disk}", "bs=1M", f"seek={at}", "conv=notrunc", "status=none")


def taken(machine, wanted, within):
    machine.start()
    try:
        end = time.monotonic() + within
        while time.monotonic() < end:
            slots = "".join(re.findall(r"dynamo-grub: slot ([ab])", machine.said()))
            if len(slots) >= len(wanted):
                return slots[:len(wanted)]
            time.sleep(0.5)
        raise Failed(f"only {slots!r}")
    finally:
        machine.cut()


def boot_counter(run_of_box, within=1800):
    image, workshop, folder = run_of_box.image, run_of_box.site.workshop, run_of_box.folder / "counter"
    folder.mkdir()
    disk = folder / "disk.img"
    failing_slots(image, disk)
    for sentence, settings, wanted in CASES:
        block = "# GRUB Environment Block\n" + "".join(s + "\n" for s in settings.split(","))
        (folder / "grubenv").write_text(block + "#" * (1024 - len(block)))
        run("mcopy", "-o", "-i", f"{disk}@@{ESP}M", folder / "grubenv", "::/grubenv")
        got = taken(Machine(workshop, folder, disk), wanted, within)
        if got != wanted:
            raise Failed(f"{sentence}: {got}, not {wanted}")
    disk.unlink()
    return f": {len(CASES)} cases"
