#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Streamrelay authors
# SPDX-License-Identifier: Apache-2.0
"""Writes every frame that passes an interface into a file, one after the other.

usage: sniffer.py INTERFACE FILE

Prints "up" when it listens, and runs until it is killed.
"""
import socket
import sys

ETH_P_ALL = 3
BUFFER_BYTES = 8 << 20


def main(interface, path):
    raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER_BYTES)
    raw.bind((interface, 0))
    with open(path, "wb", buffering=0) as file:
        print("up", flush=True)
        while True:
            file.write(raw.recv(65535))


main(*sys.argv[1:])
