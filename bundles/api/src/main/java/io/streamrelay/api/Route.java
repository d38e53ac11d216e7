// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

/** How a peer is reached. */
public enum Route {
    /** One of the two takes datagrams from everybody, or both are on one network. */
    DIRECT,
    /** Through a hole that both have made in their NATs, after somebody introduced them. */
    PUNCHED,
    /** Only through another peer, which passes on what is meant for it. */
    PROXIED
}
