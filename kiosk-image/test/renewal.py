"""An admin renews the desk's certificate by a stick in a service window: what is right comes into force, and
nothing of what is wrong, of what does not work, and of what a power cut stops half-way.
"""
import http.client
import shutil
import socket
import ssl

from machine import Failed
from site_of_test import NAME

LONG = 5400


def renewal(run):
    """The box is up before and after it, with its desk's certificate and settings renewed."""
    site = run.site
    for name, host in (("new", NAME), ("newest", NAME), ("elsewhere", "desk.elsewhere.example")):
        site.certificate(name, "house", "serverAuth", f"DNS:{host}")
    site.certificate("second", "house", "clientAuth")
    right(run)
    wrong(run)
    settings(run)
    return cut_off(run)


def right(run):
    """A new certificate, and a device more."""
    site = run.site
    if comes_in(site, "second"):
        raise Failed("a device came in that is not listed")
    files = {**server(site, "new"), "desk/devices.map": devices(site, "device", "second")}
    bring(run, files, r"renewed desk/devices.map desk/server.key desk/server.pem\s")
    shows(site, "new")
    if not comes_in(site, "device") or not comes_in(site, "second"):
        raise Failed("a listed device does not come in")


def wrong(run):
    """Another's key, any device, a certificate for another name: that is seen only when it is tried."""
    site = run.site
    bring(run, {**server(site, "newest"), **server(site, "device", "key")}, "refused: .*key values mismatch")
    bring(run, {"desk/devices.map": "default 1;\n"}, "refused: desk/devices.map: a line is not")
    bring(run, server(site, "elsewhere"), "refused: with them the desk answers 000 .*")
    shows(site, "new")


def settings(run):
    before = (run.site.folder / "stick/dynamo.conf").read_text()
    bring(run, {"dynamo.conf": before + "[idle]\nask_s = never\n"}, r"refused: .*\[idle\] ask_s")
    bring(run, {"dynamo.conf": before + "[idle]\nask_s = 40\n"}, "renewed dynamo.conf")


def cut_off(run):
    """The power goes while new files are tried."""
    let_in(run, server(run.site, "newest"))
    run.box.wait("dynamo-renew: renewing", LONG)
    run.box.cut()
    if "dynamo-renew: renewed" in run.box.said():
        raise Failed("it was renewed before the cut")
    run.restart(run.at("08:58", days=1))
    run.box.wait("dynamo-data: the renewal of /etc/dynamo was cut off: the files from before it are back", LONG)
    told = run.good()
    shows(run.site, "new")
    return told


# -- what is on the stick -----------------------------------------------------------------
def server(site, name, *kinds):
    """The desk's certificate and key, or one of them, as texts."""
    return {f"desk/server.{kind}": (site.folder / f"{name}.{kind}").read_text() for kind in kinds or ("pem", "key")}


def devices(site, *names):
    return "".join(f'"{site.fingerprint(name)}" 1;\n' for name in names)


# -- the window ---------------------------------------------------------------------------
def let_in(run, files):
    """A stick with these files in its folder etc."""
    on = run.folder / "renewal"
    shutil.rmtree(on, ignore_errors=True)
    for name, text in files.items():
        path = on / "etc" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    stick = run.site.image(f"renewal{run.box.plugged}.img", on)
    run.open_window()
    run.box.plug_stick(stick)


def bring(run, files, answer):
    let_in(run, files)
    run.box.wait("dynamo-renew: " + answer, LONG)
    run.box.wait("dynamo-service-window: sticks stay outside again", LONG)
    run.box.pull_plugged()


# -- the desk's port ----------------------------------------------------------------------
def connect(site, device):
    plain = socket.create_connection(("127.0.0.1", site.desk_port), timeout=600)
    return site.context(device).wrap_socket(plain, server_hostname=NAME)


def comes_in(site, device):
    c = http.client.HTTPSConnection(NAME, timeout=600)
    c.sock = connect(site, device)
    c.request("GET", "/", headers={"Host": NAME})
    answer = c.getresponse().status
    c.close()
    if answer >= 500:
        raise Failed(f"the desk answers {answer}")
    return answer != 403


def shows(site, name):
    """The desk answers with that certificate."""
    with connect(site, "device") as s:
        if s.getpeercert(binary_form=True) != ssl.PEM_cert_to_DER_cert((site.folder / f"{name}.pem").read_text()):
            raise Failed("the desk answers with another certificate than " + name)
