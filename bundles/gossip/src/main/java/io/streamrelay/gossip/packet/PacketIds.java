// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Id;
import java.security.MessageDigest;

/** The ids of publish and stream packets: digests of what they carry (protocol-v6 §1.5). */
public final class PacketIds {

    private PacketIds() {}

    /** What stands for a whole message, however it was split: SHA-256. */
    public static Id ofMessage(byte[] message) {
        return ofMessage(message, 0, message.length);
    }

    /** The id that a control packet should have: SHA-256(previous id ‖ body ‖ next id). */
    public static Id ofControl(Packet packet) {
        return Id.of(Digests.sha256(packet.copy(Field.PREVIOUS), packet.copy(Field.MESSAGE), packet.copy(Field.NEXT)));
    }

    /** The id of a whole message, or of a head. */
    static Id ofMessage(byte[] source, int offset, int length) {
        MessageDigest sha256 = Digests.sha256();
        sha256.update(source, offset, length);
        return Id.of(sha256.digest());
    }

    /**
     * The id of a fragment.
     *
     * @param previous the id of the packet before it: the head, or another fragment
     */
    static Id ofFragment(Id previous, byte[] source, int offset, int length) {
        MessageDigest sha256 = Digests.sha256();
        byte[] chain = sha256.digest(previous.bytes());
        sha256.update(source, offset, length);
        byte[] content = sha256.digest();
        sha256.update(chain);
        return Id.of(sha256.digest(content));
    }
}
