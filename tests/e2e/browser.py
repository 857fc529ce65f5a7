"""Chromium from Debian, driven by playwright-core from npm: for tests and pictures of the desk.

    modules(build)   the folder with the npm modules, fetched once; Missing says what is not there
"""
import os
import pathlib
import shutil
import subprocess

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


def modules(build):
    if os.environ.get("DESK_NODE_MODULES"):
        return os.environ["DESK_NODE_MODULES"]
    folder = pathlib.Path(build).resolve().parent / "npm-desk"  # npm prunes what another test has
    found = folder / "node_modules"
    if all((found / m / "package.json").exists() for m in MODULES):
        return str(found)
    if not shutil.which("npm"):
        raise Missing("npm is not installed (make deps-browser)")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(["npm", "install", "--no-save", "--no-audit", "--no-fund",
                               "--ignore-scripts", "--prefix", str(folder),
                               *[f"{m}@{v}" for m, v in MODULES.items()]],
                              capture_output=True, text=True, timeout=120)
    except subprocess.TimeoutExpired as late:
        raise Missing("npm gives no answer") from late
    if done.returncode != 0:
        raise Missing("npm cannot fetch playwright-core and axe-core")
    return str(found)
