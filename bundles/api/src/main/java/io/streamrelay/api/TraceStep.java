// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.util.Optional;

/**
 * Something that happened to one message at this node.
 *
 * @param atMs when, by this node's clock, in milliseconds since 1970
 * @param stage what
 * @param peer the peer that it came from or went to, if any
 * @param detail what else there is to say, such as a topic or the name of a consumer; may be empty
 */
public record TraceStep(long atMs, Stage stage, Optional<Id> peer, String detail) {

    /** What can happen to a message. */
    public enum Stage {
        /** The node took it from an application. */
        ACCEPTED,
        /** It is on disk: its publisher was told so. */
        COMMITTED,
        /** A packet of it left toward a peer. */
        SENT,
        /** A peer has said that it holds a packet of it. */
        HELD,
        /** It came in whole from the mesh and was opened. */
        RECEIVED,
        /** A consumer, such as the bridge to a broker, has acknowledged it. */
        DELIVERED
    }
}
