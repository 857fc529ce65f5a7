#!/usr/bin/env python3
"""What an ESC/POS printer makes of the bytes it gets, as a picture.

    tests/lib/paper.py BYTES_FILE PICTURE.png [WIDTH_DOTS]

Reads the commands that we send (ESC @, GS a, GS v 0, ESC d, GS V B, GS r); everything else
is an error, as a real printer would print it as letters. A picture of a ticket is 1 bit a
dot; a cut begins a new ticket. Only Python's standard library.
"""
import pathlib
import struct
import sys
import zlib

MARGIN = 24  # white around the paper in a picture, dots


class Paper:
    """One ticket: rows of bytes, 1 bit a dot, 1 is black."""

    def __init__(self, width):
        self.row_bytes = width // 8
        self.rows = []

    def feed(self, n):
        self.rows += [bytes(self.row_bytes)] * n

    def black(self):
        return sum(bin(int.from_bytes(r, "big")).count("1") for r in self.rows)


def tickets(data, width=576):
    """The tickets in these bytes; ValueError where something is no command of ours."""
    done, now, at = [], Paper(width), 0
    while at < len(data):
        two = data[at:at + 2]
        if two == b"\x1b@":
            at += 2
        elif two in (b"\x1da", b"\x1dr"):
            at += 3
        elif two == b"\x1bd":
            now.feed(30 * data[at + 2])
            at += 3
        elif data[at:at + 4] == b"\x1dVB\0":
            done.append(now)
            now = Paper(width)
            at += 4
        elif data[at:at + 4] == b"\x1dv0\0":
            wide, high = struct.unpack_from("<HH", data, at + 4)
            at += 8
            if wide > now.row_bytes or at + wide * high > len(data):
                raise ValueError(f"a picture of {wide * 8} x {high} dots at byte {at}")
            now.rows += [data[at + y * wide:at + (y + 1) * wide].ljust(now.row_bytes, b"\0")
                         for y in range(high)]
            at += wide * high
        else:
            raise ValueError(f"byte {data[at]:#04x} at {at} is no command of ours")
    return done + ([now] if now.rows else [])


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(
        ">I", zlib.crc32(kind + body))


def write_png(paper, path):
    """White margins left and right, one bit a dot; 0 is black."""
    side = bytes([0xFF]) * (MARGIN // 8)
    blank = [bytes([0xFF]) * (paper.row_bytes + 2 * len(side))] * MARGIN
    rows = [side + bytes(b ^ 0xFF for b in r) + side for r in paper.rows]
    rows = blank + rows + blank
    head = struct.pack(">IIBBBBB", len(rows[0]) * 8, len(rows), 1, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + r for r in rows), 9)
    pathlib.Path(path).write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) +
                                   chunk(b"IDAT", body) + chunk(b"IEND", b""))


def read_png(path):
    """(width, rows of bytes) of a picture that write_png() made."""
    data, at, body, width, height = pathlib.Path(path).read_bytes(), 8, b"", 0, 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"IHDR":
            width, height = struct.unpack_from(">II", data, at + 8)
        if kind == b"IDAT":
            body += data[at + 8:at + 8 + size]
        at += 12 + size
    flat, step = zlib.decompress(body), width // 8 + 1
    return width, [flat[y * step + 1:(y + 1) * step] for y in range(height)]


def main():
    if len(sys.argv) not in (3, 4):
        print(__doc__.split("\n\n")[1].strip(), file=sys.stderr)
        return 2
    width = int(sys.argv[3]) if len(sys.argv) == 4 else 576
    found = tickets(pathlib.Path(sys.argv[1]).read_bytes(), width)
    for i, paper in enumerate(found):
        path = pathlib.Path(sys.argv[2])
        write_png(paper, path if i == 0 else path.with_stem(f"{path.stem}-{i + 1}"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
