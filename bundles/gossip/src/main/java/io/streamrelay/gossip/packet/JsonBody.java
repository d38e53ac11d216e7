// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

/** A body that is written as JSON. */
public sealed interface JsonBody permits Ping, Pong, Intro, Join, Head, QueryBody {

    /**
     * The body as the reference writes it.
     *
     * @throws IllegalArgumentException when it holds what a reference peer must not be sent
     */
    JsonText json();

    /** A copy of the body's bytes. */
    default byte[] toJson() {
        return json().bytes();
    }
}
