#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Streamrelay authors
# SPDX-License-Identifier: Apache-2.0
"""A wire between two interfaces that delays, loses and damages IPv4 packets, each way.

usage: delaybox.py INTERFACE INTERFACE DELAY_MS JITTER_MS LOSS_PERCENT BIT_ERROR_RATE

For kernels without netem. Prints "up" when it carries frames, and runs until it is killed.
"""
import heapq
import math
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


def damaged(frame, rate):
    """Turns bits of what a UDP datagram carries; its headers stay whole, so that all of it arrives."""
    if not rate or frame[23] != UDP:
        return frame
    start = 8 * (14 + 4 * (frame[14] & 15) + 8)
    data = bytearray(frame)
    bit = start - 1
    while True:
        # How far it is to the next error is distributed so, which saves a throw of the dice for each bit.
        bit += 1 + int(math.log(1 - random.random()) / math.log(1 - rate))
        if bit >= 8 * len(data):
            return bytes(data)
        data[bit // 8] ^= 1 << bit % 8


def carry(first, second, delay, jitter, loss, bit_errors):
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
                frame = damaged(without_checksum(frame), bit_errors)
            number += 1
            due = time.monotonic() + delay + random.uniform(-jitter, jitter)
            heapq.heappush(waiting, (due, number, second if side is first else first, frame))
        while waiting and waiting[0][0] <= time.monotonic():
            _, _, to, frame = heapq.heappop(waiting)
            try:
                to.send(frame)
            except OSError:
                pass  # the link is down


def main(first, second, delay_ms, jitter_ms, loss_percent, bit_error_rate):
    wires = attach(first), attach(second)
    print("up", flush=True)
    carry(*wires, float(delay_ms) / 1000, float(jitter_ms) / 1000, float(loss_percent) / 100, float(bit_error_rate))


main(*sys.argv[1:])
