"""Reads pictures and tells whether a screen shows what it should."""
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


def differing(one, other):
    """The places of bytes that differ by more than rounding: {row: [places in it]}."""
    found = {}
    for y in range(one.height):
        a, b = one.row(y), other.row(y)
        if a != b:
            places = [i for i, (p, q) in enumerate(zip(a, b)) if abs(p - q) > SLACK]
            if places:
                found[y] = places
    return found


def alike(seen, wanted, among=None):
    """Which part of the bytes (of those places only, if given) is the same: 0 to 1."""
    if (seen.width, seen.height) != (wanted.width, wanted.height):
        return 0.0
    if among is None:
        return 1 - sum(map(len, differing(seen, wanted).values())) / len(wanted.rgb)
    whole = same = 0
    for y, places in among.items():
        a, b = seen.row(y), wanted.row(y)
        whole += len(places)
        same += len(places) if a == b else sum(abs(a[i] - b[i]) <= SLACK for i in places)
    return same / whole if whole else 1.0


def same_in_all(pictures):
    """The first picture, and the places in which none of the others differs from it."""
    first = pictures[0]
    apart = [differing(p, first) for p in pictures[1:]]
    among = {}
    for y in range(first.height):
        out = set()
        for d in apart:
            out.update(d.get(y, ()))
        among[y] = [i for i in range(first.width * 3) if i not in out] if out else list(range(first.width * 3))
    return first, among
