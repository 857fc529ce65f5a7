"""Reads pictures and tells whether a screen shows what it should."""
import operator
import re
import subprocess

SLACK = 24  # of 255: what rounding on the way through a graphics card may change


class Picture:
    def __init__(self, width, height, rgb):
        self.width, self.height, self.rgb = width, height, rgb

    def row(self, y):
        return self.rgb[y * self.width * 3:(y + 1) * self.width * 3]


def read_ppm(data):
    head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
    if not head:
        raise ValueError("no PPM picture")
    return Picture(int(head[1]), int(head[2]), data[head.end():])


def read_png(path):
    return read_ppm(subprocess.run(["pngtopnm", str(path)], check=True, stdout=subprocess.PIPE).stdout)


def turned_back(path):
    """The picture in that file becomes what people see of a panel that was turned clockwise by 90 degrees."""
    seen = subprocess.run(["pnmflip", "-cw", str(path)], check=True, stdout=subprocess.PIPE).stdout
    path.write_bytes(seen)


# By the difference of two bytes, also a negative one: 1 for more than rounding.
APART = bytes(abs(d if d < 256 else d - 511) > SLACK for d in range(511))
OTHERWISE = bytes([1, 0]) + bytes(254)


def differing(one, other):
    """A 1 for each byte that differs by more than rounding, else a 0."""
    found = []
    for y in range(one.height):
        a, b = one.row(y), other.row(y)
        found.append(bytes(len(a)) if a == b else bytes(map(APART.__getitem__, map(operator.sub, a, b))))
    return b"".join(found)


def joined(masks):
    """A 1 where one of them has it."""
    whole = 0
    for mask in masks:
        whole |= int.from_bytes(mask, "little")
    return whole.to_bytes(len(masks[0]), "little")


def in_both(one, other):
    """A 1 where both have it."""
    both = int.from_bytes(one, "little") & int.from_bytes(other, "little")
    return both.to_bytes(len(one), "little")


def alike(seen, wanted, among=None):
    """Which part of the bytes (of those places only, if given) is the same: 0 to 1."""
    if (seen.width, seen.height) != (wanted.width, wanted.height):
        return 0.0
    apart = differing(seen, wanted)
    if among is None:
        return 1 - apart.count(1) / len(apart)
    places = among.count(1)
    return 1 - in_both(apart, among).count(1) / places if places else 1.0


def same_in_all(pictures):
    """The first picture, and the places in which none of the others differs from it."""
    first = pictures[0]
    return first, joined([differing(p, first) for p in pictures[1:]]).translate(OTHERWISE)
