#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Streamrelay authors
# SPDX-License-Identifier: Apache-2.0
"""Lets this host's loopback reach one TCP port on the loopback of a network namespace, and nothing else.

usage: door.py NAMESPACE PORT

Prints the port on this host's loopback, and runs until it is killed.
"""
import ctypes
import os
import socket
import sys
import threading

CLONE_NEWNET = 0x40000000


def enter(namespace):
    entry = os.open("/run/netns/" + namespace, os.O_RDONLY)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(entry, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), namespace)


def pump(source, sink):
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        source.close()
        sink.close()


def main(namespace, port):
    # A socket stays in the namespace that it was made in.
    listener = socket.create_server(("127.0.0.1", 0))
    enter(namespace)
    print(listener.getsockname()[1], flush=True)
    while True:
        outside = listener.accept()[0]
        try:
            inside = socket.create_connection(("127.0.0.1", int(port)))
        except OSError:
            outside.close()
            continue
        for pair in (outside, inside), (inside, outside):
            threading.Thread(target=pump, args=pair, daemon=True).start()


main(*sys.argv[1:])
