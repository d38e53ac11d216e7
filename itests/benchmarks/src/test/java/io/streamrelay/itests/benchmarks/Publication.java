// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.benchmarks;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Splitter;
import java.util.Random;

/** A packet of 633 bytes: a message of 200 bytes, sealed, with its sender's key and signature, as a gateway makes it. */
public final class Publication {

    /** What 200 bytes become when they are sealed. */
    private static final int SEALED_BYTES = 360;

    private static final int SIGNATURE_BYTES = 64;
    private static final int CLUSTER_SEED = -1;

    private Publication() {}

    /** The cluster that all of them belong to. */
    public static Id cluster() {
        return Id.of(random(CLUSTER_SEED, Id.BYTES));
    }

    /** All but the message and the id. */
    static Packet.Builder header(byte[] signature, Id... ids) {
        return Packet.builder(PacketType.PUBLISH)
                .set(Field.CLUSTER, ids[0])
                .set(Field.SUBCLUSTER, ids[1])
                .set(Field.USR1, ids[2])
                .set(Field.USR2, ids[3])
                .set(Field.SIG, signature);
    }

    /** The ids that a header takes, from one of 64 senders. */
    static Id[] ids(int number) {
        int sender = number % 64;
        return new Id[] {
            cluster(),
            Id.of(random(1_000_000 + sender, Id.BYTES)),
            Id.of(random(2_000_000 + sender, Id.BYTES)),
            Id.of(random(3_000_000 + sender, Id.BYTES))
        };
    }

    static byte[] sealed(int number) {
        return random(number, SEALED_BYTES);
    }

    static byte[] signature(int number) {
        return random(number, SIGNATURE_BYTES);
    }

    /** One of as many packets as there are numbers. */
    public static Packet numbered(int number) {
        return Splitter.split(header(signature(number), ids(number)), sealed(number), 1)
                .get(0);
    }

    static byte[] random(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
