// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.envelope;

/** Bytes that are no envelope to us. */
public record BadEnvelope(Reason reason) implements EnvelopeResult {

    /** Why. Each is a counter and a coverage mark. */
    public enum Reason {
        /** Shorter than its fixed part, or without the two bytes that every envelope begins with. */
        NO_ENVELOPE("envelope-not-one"),
        /** A version or flags that this node does not know. */
        UNKNOWN_VERSION("envelope-unknown-version"),
        /** The signature is not the named sender's, or was made for another subcluster. */
        BAD_SIGNATURE("envelope-bad-signature"),
        /** Damaged deflate data, or more of it than an envelope may hold. */
        BAD_COMPRESSION("envelope-bad-compression"),
        /** A body that breaks the format or a limit of it. */
        MALFORMED("envelope-malformed");

        private final String label;

        Reason(String label) {
            this.label = label;
        }

        /** The short stable name. */
        public String label() {
            return label;
        }
    }
}
