// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Endpoint;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A heartbeat between two of our own nodes that have nothing to tell each other but that they are there and what they
 * hold: a tenth of a ping. It is no packet of the protocol; who does not know it drops it for its first bytes.
 *
 * <p>{@code 'S' 'P'}, kind (1 byte), ping id (6 bytes); then, in an {@link Kind#ASK} and an {@link Kind#ANSWER}, the first 8
 * bytes of the hash of the sender's summary; then, in an {@link Kind#ANSWER}, where it has seen the asker: address and port (4
 * and 2 bytes, big-endian). An {@link Kind#AGAIN} has the sender's own ping id (6 bytes) in their place.
 *
 * @param kind what it is
 * @param pingId what an answer has to repeat: 12 hex digits
 * @param summary the first {@link #SUMMARY_BYTES} bytes of the hash of all that the sender holds; empty where it is not told
 * @param seen where the asker was seen, or null
 * @param ownPingId what the answering node has always asked with, as an {@link Kind#AGAIN} tells it; else null
 */
public record Pulse(Kind kind, String pingId, byte[] summary, Endpoint seen, String ownPingId) {

    /** What a pulse says. */
    public enum Kind {
        /** "Are you there? I hold this." */
        ASK(17),
        /** "I am; I hold that, and see you there." */
        ANSWER(23),
        /** "I am, but you are no peer of mine." */
        STRANGER(9),
        /** "Your peer is back, which has asked you with this ping id." */
        BACK(9),
        /** "You were, and are again; you know me by that ping id." */
        AGAIN(15);

        private final int bytes;

        Kind(int bytes) {
            this.bytes = bytes;
        }
    }

    /** How much of the summary's hash is told. That much is alike by chance once in 2^64 times. */
    public static final int SUMMARY_BYTES = 8;

    private static final int PING_ID_DIGITS = 12;
    private static final int PING_ID_BYTES = PING_ID_DIGITS / 2;
    private static final int PORT_MASK = 0xffff;
    private static final Kind[] KINDS = Kind.values();

    /** "Are you there?" */
    public static Pulse ask(String pingId, byte[] summaryHash) {
        return new Pulse(Kind.ASK, pingId, Arrays.copyOf(summaryHash, SUMMARY_BYTES), null, null);
    }

    /** The answer to one that a peer has asked. */
    public Pulse answer(byte[] summaryHash, Endpoint asker) {
        return new Pulse(Kind.ANSWER, pingId, Arrays.copyOf(summaryHash, SUMMARY_BYTES), asker, null);
    }

    /** The answer to one that somebody else has asked. */
    public Pulse strangersAnswer() {
        return new Pulse(Kind.STRANGER, pingId, new byte[0], null, null);
    }

    /** "Your peer is back." @param pingId what it has always asked that peer with */
    public static Pulse back(String pingId) {
        return new Pulse(Kind.BACK, pingId, new byte[0], null, null);
    }

    /** The answer to one that is back. @param ownPingId what the answering node has always asked it with */
    public Pulse again(String ownPingId) {
        return new Pulse(Kind.AGAIN, pingId, new byte[0], null, ownPingId);
    }

    /** Whether a ping id can be told in a pulse. */
    public static boolean canTell(String pingId) {
        return pingId != null
                && pingId.length() == PING_ID_DIGITS
                && pingId.chars().allMatch(HexFormat::isHexDigit);
    }

    /** What a datagram says, or null when it is no pulse. */
    public static Pulse of(byte[] datagram) {
        if (datagram.length < Kind.STRANGER.bytes || datagram[0] != 'S' || datagram[1] != 'P') {
            return null;
        }
        int number = datagram[2] - 1;
        if (number < 0 || number >= KINDS.length || datagram.length != KINDS[number].bytes) {
            return null;
        }
        Kind kind = KINDS[number];
        ByteBuffer in = ByteBuffer.wrap(datagram).position(3);
        String pingId = readPingId(in);
        byte[] summary = new byte[kind == Kind.ASK || kind == Kind.ANSWER ? SUMMARY_BYTES : 0];
        in.get(summary);
        Endpoint seen = null;
        if (kind == Kind.ANSWER) {
            int address = in.getInt();
            int port = in.getShort() & PORT_MASK;
            if (port == 0) {
                return null;
            }
            seen = new Endpoint(address, port);
        }
        return new Pulse(kind, pingId, summary, seen, kind == Kind.AGAIN ? readPingId(in) : null);
    }

    private static String readPingId(ByteBuffer in) {
        byte[] pingId = new byte[PING_ID_BYTES];
        in.get(pingId);
        return HexFormat.of().formatHex(pingId);
    }

    /** The datagram. */
    public byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(kind.bytes)
                .put((byte) 'S')
                .put((byte) 'P')
                .put((byte) (kind.ordinal() + 1))
                .put(HexFormat.of().parseHex(pingId))
                .put(summary);
        if (ownPingId != null) {
            out.put(HexFormat.of().parseHex(ownPingId));
        }
        if (seen != null) {
            out.putInt(seen.address()).putShort((short) seen.port());
        }
        return out.array();
    }

    /** Whether a summary's hash begins as this one does. */
    public boolean isSummary(byte[] hash) {
        return Arrays.equals(summary, Arrays.copyOf(hash, SUMMARY_BYTES));
    }

    /** What a pulse tells of a summary's hash, as a number. */
    public static long summaryStart(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong();
    }
}
