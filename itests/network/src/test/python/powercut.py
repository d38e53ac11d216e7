#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Streamrelay authors
# SPDX-License-Identifier: Apache-2.0
"""Cuts a mounted ext4 off from its disk, as a power cut would: what was not forced stays in memory for good.

usage: powercut.py FOLDER
"""
import fcntl
import os
import struct
import sys

EXT4_IOC_SHUTDOWN = 0x8004587D
# Not even the log of the file system is written.
GOING_FLAGS_NOLOGFLUSH = 2


def main(folder):
    root = os.open(folder, os.O_RDONLY)
    fcntl.ioctl(root, EXT4_IOC_SHUTDOWN, struct.pack("I", GOING_FLAGS_NOLOGFLUSH))
    os.close(root)


main(*sys.argv[1:])
