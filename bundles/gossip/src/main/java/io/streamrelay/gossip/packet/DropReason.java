// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import java.util.Locale;

/** Why something received was not used: a counter's name, a log line's and a test's. */
public enum DropReason {
    /** It does not begin with the protocol's four bytes, so it is something else. */
    BAD_MAGIC,
    /** It speaks another version of the protocol than 6. */
    BAD_VERSION,
    /** Its type is none of the eight. */
    UNKNOWN_TYPE,
    /** It ends before its last field does. */
    TRUNCATED,
    /** One of its fields is longer than the protocol allows. */
    FIELD_TOO_LONG,
    /** Its body should be a JSON object and is not one, or is nested too deeply, or says a key twice. */
    BAD_JSON,
    /** Its body has a key that this type of packet does not know. */
    UNKNOWN_KEY,
    /** Its body lacks a key that this type of packet needs. */
    MISSING_KEY,
    /** A value in its body is null, of the wrong type, or out of range. */
    BAD_VALUE,
    /** A peer id or packet id in its body is not 64 hex digits. */
    BAD_ID,
    /** An address in its body is not a literal IPv4 address. */
    BAD_ADDRESS,
    /** A port in its body does not lie between 1 and 65535. */
    BAD_PORT,
    /** A NAT type in its body is none of those that a peer can have. */
    BAD_NAT_TYPE,
    /** The head of a fragmented message says a size that its number of fragments cannot have. */
    BAD_HEAD,
    /** The body of a sync packet is not a summary. */
    BAD_SUMMARY;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name for counters and logs, such as {@code bad-magic}. */
    public String label() {
        return label;
    }
}
