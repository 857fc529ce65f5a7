"""Instructions in a release build, for the bench and for the guard: by callgrind, or those of an
arm64 build that qemu-user runs.

Which form of memset the C library takes would depend on the processor, so the widest ones are
switched off: the same program gives the same count on every machine of an architecture that has
the same Debian libraries.
"""
import os
import pathlib
import re
import subprocess
import tempfile

PLAIN = "glibc.cpu.hwcaps=-AVX2,-AVX512F,-AVX512VL,-AVX512BW,-ERMS,-FSRM"


class Counting:
    """callgrind round a program: with Counting(FUNCTION...) as c: c.run([PROGRAM...]).

    Counts only inside the functions, whatever the compiler added to their names; without any, the
    whole program.
    """

    def __init__(self, *functions):
        self.functions = functions

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="dynamo-count-")
        self.out = pathlib.Path(self.folder.name) / "callgrind"
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def argv(self, *program):
        return ["valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={self.out}",
                *(["--collect-atstart=no"] if self.functions else []),
                *(f"--toggle-collect={f}*" for f in self.functions), *map(str, program)]

    @staticmethod
    def env(**more):
        return dict(os.environ, GLIBC_TUNABLES=PLAIN, **more)

    def run(self, program, stdin="", **env):
        subprocess.run(self.argv(*program), check=True, env=self.env(**env), input=stdin, text=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=1200)

    def instructions(self):
        found = re.search(r"^(?:summary|totals): (\d+)", self.out.read_text(errors="replace"), re.M)
        return int(found[1]) if found else 0

    def calls(self, function):
        """How often a function was entered; 1 when the file does not tell."""
        text = self.out.read_text(errors="replace")
        numbers = re.findall(rf"^c?fn=\((\d+)\) {re.escape(function)}(?:[.'][\w.']*)?$", text, re.M)
        calls, inside = 0, False
        for line in text.splitlines():
            if line.startswith("cfn="):
                inside = re.match(r"cfn=\((\d+)\)", line)[1] in numbers
            elif line.startswith("calls=") and inside:
                calls += int(line[6:].split()[0])
        return max(calls, 1)


class Emulated(Counting):
    """The same of the arm64 build in COUNT_ARM64, which holds `root` and `plugin.so` too: a program
    of this machine's build stands for the one of the same name there."""

    NATIVE = re.compile(r".*/release/")

    def __init__(self, *functions):
        super().__init__(*functions)
        self.base = pathlib.Path(os.environ["COUNT_ARM64"])

    def argv(self, *program):
        name = self.NATIVE.sub("", str(program[0]))
        path = self.base / "release" / name
        at = [f"at={offset}" for f in self.functions for offset in offsets(path, f)]
        return ["qemu-aarch64", "-cpu", "cortex-a72", "-L", str(self.base / "root"), "-plugin",
                ",".join([str(self.base / "plugin.so"), f"out={self.out}", *at]),
                *map(str, (path, *program[1:]))]

    @staticmethod
    def env(**more):
        return dict(os.environ, **more)

    def instructions(self):
        return int(self.out.read_text().split()[0])

    def calls(self, function):
        return max(int(self.out.read_text().split()[1]), 1)


def offsets(program, function):
    """How far the function, whatever the compiler added to its name, is from the text's first byte."""
    def lines(*argv):
        return subprocess.run(argv, check=True, text=True, stdout=subprocess.PIPE).stdout.splitlines()
    text = next(int(f[2], 16) for f in map(str.split, lines("readelf", "-lW", str(program)))
                if f and f[0] == "LOAD" and "E" in f[6:-1])
    named = re.compile(rf"[0-9a-f]+ [tT] {re.escape(function)}(\.(?!cold).*)?$")
    found = [hex(int(line.split()[0], 16) - text) for line in lines("nm", str(program))
             if named.match(line)]
    if not found:
        raise SystemExit(f"count: no function {function} in {program}")
    return found


def counting(*functions):
    return (Emulated if "COUNT_ARM64" in os.environ else Counting)(*functions)


def count(program, *functions, stdin="", **env):
    """Instructions of one run of a program (a list), inside the functions."""
    with counting(*functions) as c:
        c.run(program, stdin, **env)
        return c.instructions()
