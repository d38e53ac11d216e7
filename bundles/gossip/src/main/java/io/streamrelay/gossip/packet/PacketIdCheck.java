// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Id;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Whether a packet's id belongs to its content. The reference never looks: whoever does not either can be made to
 * hold, pass on and deliver a wrong content under a right id, and to refuse the right one (protocol-v6 D42).
 */
public final class PacketIdCheck {

    /** What a packet's id is worth. */
    public enum Verdict {
        /** The id is the digest of the content. */
        VALID,
        /** It is not. */
        INVALID,
        /** It cannot be told: the fragment before this one is needed, or relays may alter such packets. */
        UNKNOWN
    }

    private PacketIdCheck() {}

    /**
     * Judges a packet.
     *
     * @param previous the packet before a fragment, or null when it is not known or not needed
     */
    public static Verdict check(Packet packet, Packet previous) {
        Id claimed = packet.packetId();
        if (claimed == null) {
            return Verdict.INVALID;
        }
        return switch (packet.type()) {
            case PUBLISH, STREAM -> ofMessagePacket(packet, claimed, previous);
            case PING, PONG, INTRO, JOIN, SYNC, QUERY -> ofControlPacket(packet, claimed);
        };
    }

    private static Verdict ofMessagePacket(Packet packet, Id claimed, Packet previous) {
        int index = packet.index();
        if (index == 0) {
            return verdict(isContent(packet, claimed) || isAlteredHead(packet, claimed));
        }
        if (index < 0) {
            return verdict(isContent(packet, claimed));
        }
        Id before = packetBefore(packet, previous);
        return before == null
                ? Verdict.UNKNOWN
                : verdict(claimed.equals(PacketIds.ofFragment(
                        before, packet.bytes(), packet.offset(Field.MESSAGE), packet.length(Field.MESSAGE))));
    }

    /** A relayed join keeps its id when a rendezvous is added, and the answer to a query has that of its content. */
    private static Verdict ofControlPacket(Packet packet, Id claimed) {
        byte[] digest =
                Digests.sha256(packet.copy(Field.PREVIOUS), packet.copy(Field.MESSAGE), packet.copy(Field.NEXT));
        return claimed.matches(digest, 0) ? Verdict.VALID : Verdict.UNKNOWN;
    }

    private static boolean isContent(Packet packet, Id claimed) {
        MessageDigest sha256 = Digests.sha256();
        sha256.update(packet.bytes(), packet.offset(Field.MESSAGE), packet.length(Field.MESSAGE));
        return claimed.matches(sha256.digest(), 0);
    }

    /**
     * The reference adds its {@code ts} to {@code meta} when it composes a message, and then passes that head on under
     * the old id: without the addition it must have been the content.
     */
    private static boolean isAlteredHead(Packet packet, Id claimed) {
        if (!(Body.of(packet) instanceof Head head)) {
            return false;
        }
        String added = "\"ts\":" + head.ts();
        String text = new String(packet.copy(Field.MESSAGE), StandardCharsets.UTF_8);
        int at = text.indexOf(added + "}," + added + ",");
        if (at < 1) {
            return false;
        }
        int from = text.charAt(at - 1) == ',' ? at - 1 : at;
        String original = text.substring(0, from) + text.substring(at + added.length());
        return claimed.matches(Digests.sha256(original.getBytes(StandardCharsets.UTF_8)), 0);
    }

    /** A first fragment names its head itself; a later one needs its predecessor in the same message. */
    private static Id packetBefore(Packet packet, Packet previous) {
        Id head = packet.id(Field.PREVIOUS);
        if (packet.index() == 1) {
            return head;
        }
        boolean predecessor = previous != null
                && head != null
                && previous.index() == packet.index() - 1
                && head.equals(previous.id(Field.PREVIOUS));
        return predecessor ? previous.packetId() : null;
    }

    private static Verdict verdict(boolean valid) {
        return valid ? Verdict.VALID : Verdict.INVALID;
    }
}
