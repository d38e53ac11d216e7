// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PeerIds;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How our nodes recognise each other, in fields of their control packets that the reference leaves alone and passes
 * on (protocol-v6 §1.7): a mark in usr4, which anybody can set; and in the packets that change something the public
 * key in usr2, a {@link Stamp} in usr3 and the signature in sig, which nobody else can make.
 */
final class ControlSeal {

    private static final byte[] MARK = "streamrelay/1".getBytes(StandardCharsets.US_ASCII);

    private static final Field[] COVERED = {Field.CLUSTER, Field.SUBCLUSTER, Field.USR1, Field.USR3};

    private final ControlSigner signer;
    private final long session;
    private long count;

    /** @param session random: it tells this life of the node from others */
    ControlSeal(ControlSigner signer, long session) {
        this.signer = signer;
        this.session = session;
    }

    static Packet.Builder mark(Packet.Builder builder) {
        return builder.set(Field.USR4, MARK);
    }

    static boolean isMarked(Packet packet) {
        int offset = packet.offset(Field.USR4);
        return packet.length(Field.USR4) == MARK.length
                && Arrays.equals(packet.bytes(), offset, offset + MARK.length, MARK, 0, MARK.length);
    }

    /** Marks and signs what was built so far. */
    Packet sign(Packet.Builder builder) {
        Packet unsigned = mark(builder)
                .set(Field.USR2, signer.publicKey())
                .set(Field.USR3, new Stamp(session, ++count).toBytes())
                .build();
        return builder.set(Field.SIG, signer.sign(text(unsigned, Body.of(unsigned))))
                .build();
    }

    /** Whether a packet looks signed, at no cost. */
    static boolean isSigned(Packet packet) {
        return isMarked(packet)
                && packet.length(Field.USR2) == Id.BYTES
                && packet.length(Field.USR3) == Stamp.BYTES
                && packet.length(Field.SIG) == ControlSigner.SIGNATURE_BYTES;
    }

    /** Whether a packet was signed by a peer; costs as much as a hundred hashes. */
    boolean isSignedBy(Id peer, Packet packet, Body body) {
        if (!isSigned(packet)) {
            return false;
        }
        Id key = packet.id(Field.USR2);
        return PeerIds.of(key).equals(peer) && signer.verify(text(packet, body), packet.copy(Field.SIG), key);
    }

    static Stamp stampOf(Packet packet) {
        return Stamp.of(packet.copy(Field.USR3));
    }

    /** What is signed: all that says something, but what relays add to a join. */
    private static byte[] text(Packet packet, Body body) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(512);
        text.writeBytes(MARK);
        text.write(packet.type().wire());
        for (Field field : COVERED) {
            text.write(packet.length(field));
            text.write(packet.bytes(), packet.offset(field), packet.length(field));
        }
        text.writeBytes(body instanceof Join join ? said(join) : packet.copy(Field.MESSAGE));
        return text.toByteArray();
    }

    private static byte[] said(Join join) {
        return String.join(
                        "\n",
                        join.requester().hex(),
                        String.valueOf(join.natType()),
                        String.valueOf(join.address()),
                        String.valueOf(join.port()),
                        String.valueOf(join.key()),
                        String.valueOf(join.rendezvousRequesterPeerId()))
                .getBytes(StandardCharsets.UTF_8);
    }
}
