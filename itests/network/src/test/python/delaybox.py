#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Streamrelay authors
# SPDX-License-Identifier: Apache-2.0
"""A wire between two interfaces that delays and loses IPv4 packets, each way.

usage: delaybox.py INTERFACE INTERFACE DELAY_MS JITTER_MS LOSS_PERCENT

For kernels without netem. Prints "up" when it carries frames, and runs until it is killed.
"""
import heapq
import random
import select
import socket
import sys
import time

ETH_P_ALL = 3
IPV4 = b"\x08\x00"
UDP = 17
FRAMES_MAX = 20_000


def attach(interface):
    raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    raw.bind((interface, 0))
    return raw


def without_checksum(frame):
    """A veth leaves the checksum to hardware that is not there; over IPv4, zero means that UDP has none."""
    checksum = 14 + 4 * (frame[14] & 15) + 6
    if frame[23] != UDP or len(frame) < checksum + 2:
        return frame
    return frame[:checksum] + b"\0\0" + frame[checksum + 2:]


def carry(first, second, delay, jitter, loss):
    waiting = []
    number = 0
    while True:
        patience = max(0, waiting[0][0] - time.monotonic()) if waiting else None
        for side in select.select([first, second], [], [], patience)[0]:
            try:
                frame, origin = side.recvfrom(65535)
            except OSError:
                continue  # the link went down
            if origin[2] == socket.PACKET_OUTGOING or len(waiting) >= FRAMES_MAX:
                continue
            if frame[12:14] == IPV4:
                if random.random() < loss:
                    continue
                frame = without_checksum(frame)
            number += 1
            due = time.monotonic() + delay + random.uniform(-jitter, jitter)
            heapq.heappush(waiting, (due, number, second if side is first else first, frame))
        while waiting and waiting[0][0] <= time.monotonic():
            _, _, to, frame = heapq.heappop(waiting)
            try:
                to.send(frame)
            except OSError:
                pass  # the link is down


def main(first, second, delay_ms, jitter_ms, loss_percent):
    wires = attach(first), attach(second)
    print("up", flush=True)
    carry(*wires, float(delay_ms) / 1000, float(jitter_ms) / 1000, float(loss_percent) / 100)


main(*sys.argv[1:])
