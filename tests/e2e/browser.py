"""Chromium from Debian, driven by playwright-core from npm: for tests and pictures of the desk.

    modules(build)   the folder with the npm modules, fetched once; Missing says what is not there
"""
import os
import pathlib
import shutil
import subprocess
import tempfile

MODULES = {"playwright-core": "1.48.2", "axe-core": "4.10.2"}


class Missing(Exception):
    pass


def chromium():
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        raise Missing("chromium is not installed (make deps-browser)")
    if not shutil.which("node"):
        raise Missing("node is not installed (make deps-browser)")
    return found


def whole(found):
    return all((found / m / "package.json").exists() for m in MODULES)


def modules(build):
    if os.environ.get("DESK_NODE_MODULES"):
        return os.environ["DESK_NODE_MODULES"]
    folder = pathlib.Path(build).resolve().parent / "npm-desk"  # npm prunes what another test has
    found = folder / "node_modules"
    if whole(found):
        return str(found)
    if not shutil.which("npm"):
        raise Missing("npm is not installed (make deps-browser)")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="new-", dir=folder) as fresh:
        try:
            done = subprocess.run(["npm", "install", "--no-save", "--no-audit", "--no-fund",
                                   "--ignore-scripts", "--prefix", fresh,
                                   *[f"{m}@{v}" for m, v in MODULES.items()]],
                                  capture_output=True, text=True, timeout=120)
        except subprocess.TimeoutExpired as late:
            raise Missing("npm gives no answer") from late
        if done.returncode != 0:
            raise Missing("npm cannot fetch playwright-core and axe-core")
        try:  # it is there whole or not at all, whoever else fetches it now
            (pathlib.Path(fresh) / "node_modules").rename(found)
        except OSError as there:
            if not whole(found):
                raise Missing("the npm modules are there in part: remove " + str(folder)) from there
    return str(found)
