// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network;

/** How messages get from one member to another, from the best way to the worst. */
enum Way {
    /** From main socket to main socket. */
    DIRECT,
    /** Through a hole that many sockets and ports were tried for. */
    PUNCHED,
    /** Through a node in the open. */
    PROXIED
}
