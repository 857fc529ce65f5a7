"""Runs the tests of one script, each with a house and a folder of its own.

    from trial import main, test, skip

    @test
    def a_sentence(house): ...          a House (or what `main(make=...)` makes)

    main()                              argv: BUILD_FOLDER [WORD]
"""
import pathlib
import sys
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
from house import House, own_folder  # noqa: E402 - found by the line above

TESTS = []


class Skip(Exception):
    """Why a test cannot run on this machine."""


def test(function):
    TESTS.append(function)
    return function


def skip(why):
    raise Skip(why)


def same(got, want, what=""):
    assert got == want, f"{what}{': ' if what else ''}{got!r} is not {want!r}"


def main(make=House):
    word = sys.argv[2] if len(sys.argv) > 2 else ""
    bad = 0
    for function in TESTS:
        name = function.__name__
        if word not in name:
            continue
        with own_folder("dynamo-trial-") as folder:
            house = make(sys.argv[1], folder)
            try:
                function(house)
                print(f"ok {name}", flush=True)
            except Skip as why:
                print(f"skip {name}: {why}", flush=True)
            except Exception:  # noqa: BLE001 - whatever it is, the next test runs
                bad += 1
                print(f"not ok {name}\n{traceback.format_exc(limit=-4)}", flush=True)
            finally:
                house.close()
    sys.exit(1 if bad else 0)
