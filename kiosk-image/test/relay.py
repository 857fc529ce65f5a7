"""Joins standard input and output to a port of loopback: QEMU starts one for each connection that the
box makes to the outside.    relay.py PORT
"""
import os
import select
import socket
import sys

there = socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=60)
while True:
    for ready in select.select([0, there], [], [])[0]:
        data = os.read(0, 65536) if ready == 0 else there.recv(65536)
        if not data:
            sys.exit(0)
        if ready == 0:
            there.sendall(data)
        else:
            os.write(1, data)
