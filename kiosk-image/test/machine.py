"""One emulated box: QEMU with a disk, a touch panel, a serial console and a control socket.

Time in the machine goes by its own instructions (-icount), not by the clock of the computer
that emulates it: a loaded CI makes a test slow, never wrong; IMAGE_ACCEL names another way. Only
Python's standard library.
"""
import base64
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time

from pictures import read_ppm, turned_back

PANEL = (800, 1280)
TOUCH_MAX = 0x7FFF
# Where a service outside the box is seen from inside: the only address that it can reach.
OUTSIDE = "10.0.2.100"
# How the processor is emulated: by default one instruction is 4 ns of the machine's time. "fast" goes by
# the clock, with two processors: for an idle computer.
ACCELS = {
    "tcg": ["-accel", "tcg,thread=single,tb-size=256", "-icount", "shift=2,sleep=on", "-smp", "1"],
    "fast": ["-accel", "tcg,thread=multi", "-smp", "2"],
}
# One of AMD's, with instructions for SHA and AES: for one of Intel's of that age the kernel changes the page tables at
# each call (Meltdown), and each time the emulator forgets where pages lie (a start and an update: 249 s, beside 210).
PROCESSOR = "Opteron_G3,-misalignsse,+ssse3,+sse4.1,+sse4.2,+aes,+pclmulqdq,+sha-ni"
# The emulator of each kind of box, its board, and the firmware with its variables.
BOARDS = {
    "amd64": ("qemu-system-x86_64", ["-machine", "q35,hpet=off,i8042=off", "-cpu", PROCESSOR,
                                     "-global", "ICH9-LPC.noreboot=true"],  # one watchdog, the i6300esb below
              "OVMF/OVMF_CODE_4M.fd", "OVMF/OVMF_VARS_4M.fd"),
    "arm64": ("qemu-system-aarch64", ["-machine", "virt,gic-version=3", "-cpu", "cortex-a72"],
              "AAVMF/AAVMF_CODE.no-secboot.fd", "AAVMF/AAVMF_VARS.fd"),
}


def kind_of(workshop):
    """The box that a workshop is for."""
    return next(arch for arch, board in BOARDS.items() if (pathlib.Path(workshop) / "usr/bin" / board[0]).exists())


class Failed(Exception):
    """The machine did not do what it should."""


class Machine:
    """workshop: the root with QEMU and the firmware; folder: of this run, below the image's."""

    def __init__(self, workshop, folder, disk, serial_number="DYNAMO-TEST-1", stick=None,
                 now="2026-11-24T10:00:00", tcp=None, outside=None, accel=None,
                 identity="6f1c64d2-7a52-4c36-a3a1-0d9a7a5e0001", tpm=False, turned=False):
        """serial_number, identity: what the board says of itself; tcp: the port of loopback that leads
        to the box's 443; outside: the port of loopback that the box reaches as OUTSIDE, at the same
        number; tpm: the board has one, which keeps its state in the folder; turned: the panel hangs turned clockwise
        by 90 degrees. Pictures and touches are told as people see them."""
        self.workshop = pathlib.Path(workshop)
        self.emulator, self.board, self.code, self.variables = BOARDS[kind_of(workshop)]
        self.folder = pathlib.Path(folder)
        self.disk, self.stick, self.now, self.tcp = disk, stick, now, tcp
        self.outside, self.accel = outside, accel or os.environ.get("IMAGE_ACCEL", "tcg")
        self.serial_number, self.identity = serial_number, identity
        self.credentials = []  # (name, text): what the firmware hands to systemd, see systemd.extra-unit
        self.plugged = 0
        self.tpm, self.turned = tpm, turned
        self.process = self.tpm_process = None
        self.seen = 0
        self.starts = 0

    # -- power ----------------------------------------------------------------
    def _argv(self):
        w = self.workshop
        glass = PANEL[::-1] if self.turned else PANEL
        argv = [
            "-nodefaults", "-no-user-config", *self.board, "-m", "1280",
            *ACCELS[self.accel],
            "-rtc", f"base={self.now},clock=vm",
            "-smbios", f"type=1,serial={self.serial_number},uuid={self.identity}",
            "-drive", f"if=pflash,format=raw,readonly=on,file={w}/usr/share/{self.code}",
            "-drive", f"if=pflash,format=raw,file={self.folder}/vars.fd",
            "-drive", f"if=none,id=disk,format=raw,cache=writeback,file={self.disk}",
            "-device", "virtio-blk-pci,drive=disk,bootindex=0",
            "-device", f"virtio-gpu-pci,xres={glass[0]},yres={glass[1]}", "-display", "none",
            "-device", "virtio-multitouch-pci",
            "-device", "virtio-rng-pci",
            "-device", "i6300esb", "-action", "watchdog=reset",
            "-chardev", f"file,id=console,path={self.folder}/console.log,append=on",
            "-serial", "chardev:console",
            "-qmp", f"unix:{self.folder}/qmp,server=on,wait=off",
            "-device", "qemu-xhci,id=usb",
            "-netdev", f"dgram,id=wire,local.type=unix,local.path={self.folder}/wire,"
                       f"remote.type=unix,remote.path={self.folder}/scanner",
            "-netdev", "hubport,id=hub1,hubid=0,netdev=wire",
            "-netdev", "user,id=house,restrict=on" +
            (f",hostfwd=tcp:127.0.0.1:{self.tcp}-:443" if self.tcp else "") +
            (f",guestfwd=tcp:{OUTSIDE}:{self.outside}-cmd:{sys.executable} "
             f"{pathlib.Path(__file__).with_name('relay.py')} {self.outside}" if self.outside else ""),
            "-netdev", "hubport,id=hub2,hubid=0,netdev=house",
            "-netdev", "hubport,id=net,hubid=0",
            "-device", "virtio-net-pci,netdev=net,romfile=",
        ]
        for name, text in self.credentials:
            value = base64.b64encode(text.encode()).decode()
            argv += ["-smbios", f"type=11,value=io.systemd.credential.binary:{name}={value}"]
        if self.tpm:
            argv += ["-chardev", f"socket,id=tpm,path={self.folder}/tpm.socket",
                     "-tpmdev", "emulator,id=tpm0,chardev=tpm", "-device", "tpm-crb,tpmdev=tpm0"]
        if self.stick:
            argv += ["-drive", f"if=none,id=drive-stick,format=raw,readonly=on,file={self.stick}",
                     "-device", "usb-storage,id=stick,bus=usb.0,drive=drive-stick"]
        return argv

    def start(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        variables = self.folder / "vars.fd"
        if not variables.exists():
            variables.write_bytes((self.workshop / "usr/share" / self.variables).read_bytes())
        log = self.folder / "console.log"
        self.seen = log.stat().st_size if log.exists() else 0
        for name in ("qmp", "wire", "tpm.socket"):
            (self.folder / name).unlink(missing_ok=True)
        if self.tpm:
            self._start_tpm()
        with open(self.folder / "qemu.log", "ab") as out:
            self.process = subprocess.Popen(
                [*self._tool("usr/bin/" + self.emulator),
                 "-L", str(self.workshop / "usr/share/qemu"),
                 "-L", str(self.workshop / "usr/share/seabios")] + self._argv(),
                stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                env=dict(os.environ, QEMU_MODULE_DIR=f"{self.workshop}/usr/lib/x86_64-linux-gnu/qemu"))
        self.starts += 1
        self._connect()

    def _tool(self, path):
        """A program of the workshop with the workshop's libraries, whatever this computer's are."""
        libraries = f"{self.workshop}/usr/lib/x86_64-linux-gnu"
        return [str(self.workshop / "lib64/ld-linux-x86-64.so.2"), "--library-path",
                f"{libraries}:{libraries}/swtpm", str(self.workshop / path)]

    def _start_tpm(self):
        """It ends with the machine."""
        (self.folder / "tpm").mkdir(exist_ok=True)
        self.tpm_process = subprocess.Popen(
            self._tool("usr/bin/swtpm") +
            ["socket", "--tpm2", "--tpmstate", f"dir={self.folder}/tpm", "--terminate",
             "--ctrl", f"type=unixio,path={self.folder}/tpm.socket"], stdin=subprocess.DEVNULL)
        for _ in range(600):
            if (self.folder / "tpm.socket").exists():
                return
            time.sleep(0.1)
        raise Failed("the TPM did not start")

    def _connect(self):
        self.qmp = socket.socket(socket.AF_UNIX)
        for _ in range(600):
            if self.process.poll() is not None:
                raise Failed("QEMU ended: " + (self.folder / "qemu.log").read_text()[-2000:])
            try:
                self.qmp.connect(str(self.folder / "qmp"))
                break
            except OSError:
                time.sleep(0.1)
        self.lines = self.qmp.makefile("r")
        self.lines.readline()
        self.command("qmp_capabilities")

    def cut(self):
        """The power goes."""
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None
        if self.tpm_process:
            self.tpm_process.wait()
            self.tpm_process = None

    # -- control ----------------------------------------------------------------
    def command(self, name, **arguments):
        self.qmp.sendall(json.dumps({"execute": name, "arguments": arguments}).encode() + b"\n")
        while True:
            answer = json.loads(self.lines.readline() or '{"error": "gone"}')
            if "error" in answer:
                raise Failed(f"{name}: {answer['error']}")
            if "return" in answer:
                return answer["return"]

    def pause(self):
        """Time stands still in the machine, so that a slow look at it costs it nothing."""
        self.command("stop")

    def go_on(self):
        self.command("cont")

    def screen(self, name):
        """A picture of the panel, also left in the folder."""
        path = self.folder / f"{name}.ppm"
        self.command("screendump", filename=str(path))
        if self.turned:
            turned_back(path)
        return read_ppm(path.read_bytes())

    def touch(self, x, y):
        """A finger on that pixel and off again."""
        across, along = x * TOUCH_MAX // PANEL[0], y * TOUCH_MAX // PANEL[1]
        at = {"x": along, "y": TOUCH_MAX - across} if self.turned else {"x": across, "y": along}
        down = [{"type": "mtt", "data": {"type": "begin", "slot": 0, "tracking-id": 1, "axis": "x",
                                         "value": 0}}]
        down += [{"type": "mtt", "data": {"type": "data", "slot": 0, "tracking-id": 1, "axis": axis,
                                          "value": value}} for axis, value in at.items()]
        down += [{"type": "btn", "data": {"down": True, "button": "touch"}}]
        # -1 is what a finger that is gone is called; QEMU hands it on as it is.
        up = [{"type": "mtt", "data": {"type": "end", "slot": 0, "tracking-id": -1, "axis": "x",
                                       "value": 0}},
              {"type": "btn", "data": {"down": False, "button": "touch"}}]
        self.command("input-send-event", events=down)
        time.sleep(0.1)  # well below what the kiosk takes for holding a key (0.45 s), also on a busy computer
        self.command("input-send-event", events=up)

    def press(self, x, y):
        """A finger on that pixel of a panel on USB (usb-tablet) and off again."""
        at = {"x": x * TOUCH_MAX // PANEL[0], "y": y * TOUCH_MAX // PANEL[1]}
        self.command("input-send-event",
                     events=[{"type": "abs", "data": {"axis": axis, "value": value}} for axis, value in at.items()])
        for down in (True, False):
            time.sleep(0.1)
            self.command("input-send-event", events=[{"type": "btn", "data": {"down": down, "button": "left"}}])

    def pull_stick(self):
        """The stick that it started with is taken out."""
        self.command("device_del", id="stick")
        self.stick = None

    def plug(self, kind, name, **more):
        self.command("device_add", driver=kind, id=name, bus="usb.0", **more)

    def plug_stick(self, image):
        self.plugged += 1
        name = f"stick{self.plugged}"
        self.command("blockdev-add", **{"driver": "raw", "node-name": name, "read-only": False,
                                        "file": {"driver": "file", "filename": str(image)}})
        self.plug("usb-storage", f"usb-{name}", drive=name)

    def pull_plugged(self):
        """The stick that was plugged in last is taken out."""
        self.command("device_del", id=f"usb-stick{self.plugged}")

    # -- what it says -------------------------------------------------------------
    def said(self):
        """The console since the last wait()."""
        with open(self.folder / "console.log", "rb") as f:
            f.seek(self.seen)
            return f.read().decode("utf-8", "replace")

    def wait(self, pattern, within):
        """Waits for a line on the console; the match. `within` is a bound on hopeless cases."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            said = self.said()
            found = re.search(pattern, said)
            if found:
                self.seen += len(said[:found.end()].encode("utf-8", "replace"))
                return found
            if self.process.poll() is not None:
                raise Failed(f"the machine ended while waiting for {pattern!r}")
            time.sleep(0.5)
        raise Failed(f"not on the console within {within} s: {pattern!r}; the end of it:\n{said[-2000:]}")
