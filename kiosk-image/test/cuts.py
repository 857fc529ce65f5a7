"""Power cuts, and what the box had acknowledged before them."""
import random
import time

from machine import Failed
from run import BOOT


def the_day(run):
    """The same for all starts: a queue is of a day."""
    run.box.now = run.at("09:30", days=2)


def cuts(run, times, seed):
    """At random moments, in boot and at work: the box comes back with all that it said it had."""
    rng = random.Random(seed)
    for n in range(times):
        if n % 2:
            run.box.wait(rng.choice([r"dynamo-grub: slot", r"dynamo-initrd: system", r"dynamo-data: open"]), BOOT)
            time.sleep(rng.uniform(0, 5))
        else:
            run.queue()
            desk = run.site.desk()
            end = time.monotonic() + rng.uniform(1, 20)
            while time.monotonic() < end:
                run.comes(desk)
        run.restart(run.box.now)
    queued, _ = run.queue()
    if queued < run.expected:
        raise Failed(f"{queued} in the queue, and {run.expected} were acknowledged")
    return f": {times} cuts, {run.expected} acknowledged, {queued} in the queue"
