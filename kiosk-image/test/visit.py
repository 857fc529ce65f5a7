"""Somebody comes to the box, and a coach answers."""
import time

from machine import Failed
from pictures import alike, differing
from run import SCREEN


def walk_in(run):
    """Touches each step's place once its picture is seen, and waits for the last picture."""
    before = None
    for i, step in enumerate(run.steps):
        among = differing(step.picture, before) if before else None
        if i:  # the first page is seen by welcome()
            run.see(f"walk-in-{i:02}", step.picture, among, 0.9)
        if step.touched:
            run.box.touch(step.x, step.y)
        before = step.picture


def coach_calls(run):
    desk = run.site.desk()
    day = desk.ask("GET", "/")[1]
    if "A01" not in day:
        raise Failed("the visitor's number is not on the coach's page")
    desk.act("next")
    if "A01" not in desk.ask("GET", "/board")[1]:
        raise Failed("the number that was called is not on the board")


def listed_panel(run):
    """A panel on USB that the house listed opens the next page."""
    run.box.plug("usb-tablet", "panel")
    end = time.monotonic() + SCREEN
    before = run.box.screen("panel-before")
    while alike(run.box.screen("panel"), run.steps[1].picture) < 0.9:
        if time.monotonic() > end:
            raise Failed("it does nothing")
        run.box.press(run.steps[0].x, run.steps[0].y)
        time.sleep(5)
    if alike(before, run.steps[1].picture) >= 0.9:
        raise Failed("that page was there before")
    run.box.command("device_del", id="panel")
