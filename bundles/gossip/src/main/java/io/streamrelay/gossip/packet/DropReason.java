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
    /** It names a value that this node has not been told, or has forgotten: what is sent again is told in full. */
    UNKNOWN_NAME,
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
    BAD_SUMMARY,
    /** It was sent by this node itself, or in its name. */
    OWN_PACKET,
    /** It answers nothing that was asked. */
    UNSOLICITED_PONG,
    /** It comes from, or is meant for, another peer than the one it should. */
    OTHER_PEER,
    /** Its sender is not connected. */
    STRANGER,
    /** A table that it needs a place in is full. */
    TABLE_FULL,
    /** It speaks for a peer that signs, and that peer has not signed it, or it was here before. */
    FORGED,
    /** It names an address that this node does not send to on somebody's word. */
    ADDRESS_REFUSED,
    /** It was here before. */
    DUPLICATE,
    /** It was let go here for want of room, and there is still none. */
    NO_ROOM,
    /** What this node has yet to hand to its own application, or waits for the rest of, leaves no room; it is to come again. */
    NOT_YET,
    /** It has lived as long as it may. */
    EXPIRED,
    /** It lacks a packet id, cluster id or subcluster id of 32 bytes. */
    ID_MISSING,
    /** It is not as its last sender has sent it: its checksum is wrong. */
    DAMAGED,
    /** Its packet id is not the digest of its content. */
    ID_MISMATCH,
    /** The fragment before it, without which its id cannot be verified, never came. */
    ID_UNVERIFIABLE,
    /** Too many fragments wait for the one before them. */
    QUARANTINE_FULL,
    /** Its message has more fragments than this node composes. */
    TOO_MANY_FRAGMENTS,
    /** It belongs to another cluster, and this node carries its own alone. */
    FOREIGN_CLUSTER,
    /** It was passed on too often. */
    HOPS_EXCEEDED,
    /** The peer that a stream is for is not connected, or the question that an answer is for did not come this way. */
    NO_ROUTE,
    /** It introduces a peer that is connected. */
    ALREADY_CONNECTED,
    /** It should have been answered long ago. */
    TOO_LATE,
    /** It is for a subcluster that this node takes no part in. */
    NOT_SUBSCRIBED,
    /** More of its kind came from there than is looked at in this time. */
    TOO_MANY,
    /** More summaries came than are answered in this time. */
    SYNC_BUDGET,
    /** More questions or answers came than are passed on in this time. */
    QUERY_BUDGET,
    /** A question that its sender asked too long ago, by its own clock. */
    QUERY_OLD;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name for counters and logs, such as {@code bad-magic}. */
    public String label() {
        return label;
    }
}
