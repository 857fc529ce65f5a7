"""The boxes of each form of the test, and what each goes through from its first start on.

part(sentence, do, *more) runs do(run, *more); what it tells ends the sentence.
"""
import closed
import cuts
import starts
import updates
import visit
from counter import boot_counter
from renewal import renewal
from run import Run


def first_start(part):
    part("a box starts from nothing with its house's stick", starts.first_start)


def planned(part):
    part("the image's own kiosk plays the walk-in headless", Run.planned)


def begin(part):
    """What the panel should show is made while the box starts."""
    part("the box is switched on", Run.switch_on)
    planned(part)
    first_start(part)


def short_visit(part):
    """Somebody comes, and a coach answers."""
    begin(part)
    part("the panel shows the welcome screen", Run.welcome)
    part("the version is marked good", Run.good)
    part("somebody walks in with a finger", visit.walk_in)
    part("the coach calls through the desk's port", visit.coach_calls)


def stick(part):
    """An update without a network."""
    begin(part)
    part("the version is marked good", Run.good)
    part("a stick brings a newer version, which runs from the other slot", updates.update_by_stick)
    part("the welcome screen is back", Run.welcome)


def long_visit(part):
    """After the visit all that may happen to a box, and what must not work."""
    short_visit(part)
    part("after a power cut it starts by itself", starts.power_cut)
    part("the nightly upload reaches the register outside", starts.uploaded)
    part("the welcome screen is back", Run.welcome)
    part("one port is open", closed.one_port)
    part("a keyboard does nothing", closed.keyboard)
    part("a stick stays outside", closed.stick_outside)
    part("an admin lets a stick in", closed.service_window)
    part("an admin renews the desk's certificate by a stick", renewal)
    part("it is as quick as a bare cage", starts.seconds)
    part("a kiosk that crashes comes back, and says when it does not", starts.crashes)
    part("a box that stands still is started by the board's watchdog", starts.stands_still)
    part("a copied disk stays shut on another board", closed.copied_disk)
    part("changed bytes of the root are noticed", closed.changed_root)


def board(part):
    """What hangs on the board: its counter of starts, its TPM, its panel."""
    part("the boot counter takes the right slots", boot_counter)
    planned(part)
    part("a TPM keeps the key where there is one, and a panel may hang turned", closed.tpm)


def all_updates(part):
    """From the server outside, night after night."""
    part("a wrong stick is refused on the screen", starts.wrong_stick)
    planned(part)
    part("a box starts from nothing with the right one", starts.first_start)
    part("the version is marked good", Run.good)
    part("a panel on USB that the house listed is let in", visit.listed_panel)
    part("the hour of updates comes", updates.nights)
    part("an update waits for another night when somebody is here", updates.somebody_here)
    part("an update with a wrong signature is refused", updates.update_refused, "forged", "no valid signature")
    part("an older version is refused", updates.update_refused, "older", ".* is older than")
    part("a power cut while an update is written leaves the version before", updates.update_cut)
    part("a power cut while an update makes its tables leaves the version before", updates.migration_cut)
    part("a good update runs from the other slot", updates.update_good)
    part("an update that hangs gives way by itself", updates.update_hangs)


def power_cuts(times, seed):
    def box(part):
        part("the day of the cuts comes", cuts.the_day)
        first_start(part)
        part("power cuts lose nothing", cuts.cuts, times, seed)
    return box


# By the name of its folder; the longest first.
FORMS = {
    "short": {"stick": stick, "visit": short_visit},
    "full": {"visit": long_visit, "updates": all_updates, "cuts": power_cuts(5, 8), "board": board},
    "soak": {"visit": long_visit, "updates": all_updates, "cuts": power_cuts(25, 8), "more-cuts": power_cuts(25, 9),
             "board": board},
}
