"""What the panel should show: the image's own programs draw it headless. The kiosk plays a visitor's way, and says
where each thing that is touched lies and what the screen shows before it.
"""
import json
import pathlib
import subprocess

from pictures import read_png

GREETINGS = 6  # pictures of the first page, a language each
# A new walk-in of somebody made up.
WALK_IN = ["attract.start", "welcome.walk_in", "birth.day.17", "birth.month.5", "birth.year.2004",
           "key.j", "key.o", "key.done", "key.b", "key.o", "nav.next", "municipality.1674",
           "topic.school", "check.confirm"]


class Step:
    """A touch: its id, the pixel to touch, and the picture that must be seen before it."""

    def __init__(self, touched, x, y, picture):
        self.touched, self.x, self.y, self.picture = touched, x, y, picture


def plan(tree, folder, roster, canvas, now, emulator="", touches=WALK_IN):
    """The first page's pictures in GREETINGS languages, then the steps of the touches, then one with no
    id: the picture at the end. emulator: the program that runs those of another processor's tree."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    script = ["expect screen attract"]
    for n in range(GREETINGS):
        script += [f"shot greeting{n}.png", "advance 8s"]
    for i, touched in enumerate(touches):
        script += [f"shot {i}.png", f"tree {i}.json", f"tap {touched}"]
    script += ["expect screen ticket", f"shot {len(touches)}.png"]
    (folder / "script").write_text("\n".join(script) + "\n")
    (folder / "roster.json").write_bytes(pathlib.Path(roster).read_bytes())
    in_tree(tree, folder, emulator, [
        f"dynamoctl --db /mnt/plan.db --now {now} init --simulated",
        f"dynamoctl --db /mnt/plan.db --now {now} roster import /mnt/seen/roster.json",
        f"dynamo-kiosk --db /mnt/plan.db --now {now} --canvas {canvas[0]}x{canvas[1]} --script script"])
    return [read_png(folder / f"greeting{n}.png") for n in range(GREETINGS)] + \
        [step(folder, i, touched) for i, touched in enumerate(touches)] + \
        [Step(None, 0, 0, read_png(folder / f"{len(touches)}.png"))]


def notice(tree, folder, canvas, name, told="", emulator=""):
    """The picture of a page of dynamo-notice."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    in_tree(tree, folder, emulator,
            [f"dynamo-notice --canvas {canvas[0]}x{canvas[1]} --shot {name}.png {name}"], told)
    return read_png(folder / f"{name}.png")


def in_tree(tree, folder, emulator, programs, told=""):
    """Runs them in the image's root, in that folder."""
    start = f"""
        mount -t proc proc {tree}/proc
        mount --bind /dev {tree}/dev
        mount -t tmpfs none {tree}/mnt
        mkdir {tree}/mnt/seen
        mount --bind {folder} {tree}/mnt/seen
        [ -z "{emulator}" ] || cp {emulator} {tree}/mnt/emulator
        export SDL_VIDEODRIVER=dummy HOME=/
        for program; do
            unshare --root={tree} --wd=/mnt/seen {"/mnt/emulator" if emulator else ""} /usr/bin/$program
        done
    """
    done = subprocess.run(["unshare", "--mount", "sh", "-euc", start, "in_tree", *programs], text=True, timeout=600,
                          input=told, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise RuntimeError(f"headless, in the image's root: {programs}:\n{done.stdout}")


def step(folder, i, touched):
    widgets = json.loads((folder / f"{i}.json").read_text())["widgets"]
    place = next(w for w in widgets if w["id"] == touched)
    return Step(touched, place["x"] + place["w"] // 2, place["y"] + place["h"] // 2,
                read_png(folder / f"{i}.png"))
