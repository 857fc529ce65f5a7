"""Reads the kiosk's PNG pictures and tells whether a screen shows what it should."""
import struct
import zlib


def read_png(path):
    """(width, height, RGB bytes) of an 8-bit PNG with or without alpha, not interlaced."""
    data = path.read_bytes()
    at, packed, head = 8, b"", None
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        if kind == b"IHDR":
            head = struct.unpack(">IIBBBBB", body)
        if kind == b"IDAT":
            packed += body
        at += size + 12
    width, height, depth, colour, _, _, interlaced = head
    if depth != 8 or colour not in (2, 6) or interlaced:
        raise ValueError(f"{path}: a kind of PNG that is not read here")
    step = 3 if colour == 2 else 4
    raw, row, out = zlib.decompress(packed), bytes(width * step), []
    for y in range(height):
        start = y * (width * step + 1)
        row = unfilter(raw[start], bytearray(raw[start + 1:start + 1 + width * step]), row, step)
        out.append(row)
    flat = b"".join(out)
    if step == 3:
        return width, height, flat
    pixels = bytearray(width * height * 3)
    for channel in range(3):
        pixels[channel::3] = flat[channel::4]
    return width, height, bytes(pixels)


def unfilter(kind, row, above, step):
    if kind == 0:
        return bytes(row)
    for i, value in enumerate(row):
        left = row[i - step] if i >= step else 0
        up = above[i]
        if kind == 1:
            guess = left
        elif kind == 2:
            guess = up
        elif kind == 3:
            guess = (left + up) // 2
        else:
            corner = above[i - step] if i >= step else 0
            p = left + up - corner
            a, b, c = abs(p - left), abs(p - up), abs(p - corner)
            guess = left if a <= b and a <= c else up if b <= c else corner
        row[i] = (value + guess) & 255
    return bytes(row)


def differing(one, other, slack=24):
    """The places of bytes that differ by more than rounding."""
    return [i for i, (a, b) in enumerate(zip(one[2], other[2])) if a != b and abs(a - b) > slack]


def alike(seen, wanted, among=None):
    """Which part of the bytes (of those places only, if given) is the same: 0 to 1."""
    if seen[:2] != wanted[:2]:
        return 0.0
    if among is None:
        return 1 - len(differing(seen, wanted)) / len(wanted[2])
    if not among:
        return 1.0
    same = sum(abs(seen[2][i] - wanted[2][i]) <= 24 for i in among)
    return same / len(among)
