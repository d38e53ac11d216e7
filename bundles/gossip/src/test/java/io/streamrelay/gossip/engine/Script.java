// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What happens to a node, as bytes that a fuzzer can change: any bytes are a script. Each step has four bytes, then as
 * many as the last two of these say: what to do, from where and at which socket, the time before it, the length.
 */
final class Script {

    private static final int STEPS_MAX = 64;
    private static final int SOURCE_BITS = 7;
    private static final int ANSWERING_BIT = 8;
    private static final int VERIFIABLE_BIT = 16;
    private static final int COMMAND_BIT = 32;
    private static final int SOCKET_SHIFT = 6;

    /** Those of a traversal are numbered from 0; the last of the pool is mostly closed. */
    private static final List<SocketId> SOCKETS =
            List.of(SocketId.MAIN, SocketId.PROBE, SocketId.pooled(0), SocketId.pooled(SocketId.POOL_MAX - 1));

    /** From at once to longer than any patience. */
    private static final long[] PAUSES_MS = {0, 0, 10, 500, 3_000, 15_000, 60_000, 400_000};

    private final ByteBuffer in;

    Script(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    void play(FuzzedMesh mesh) {
        for (int step = 0; step < STEPS_MAX && in.remaining() >= 4; step++) {
            int what = in.get();
            mesh.advance(PAUSES_MS[in.get() & 7]);
            byte[] content = new byte[Math.min(Short.toUnsignedInt(in.getShort()), in.remaining())];
            in.get(content);
            if ((what & COMMAND_BIT) != 0) {
                mesh.command(command(what), content);
            } else {
                mesh.hear(
                        FuzzedMesh.SOURCES.get(what & SOURCE_BITS),
                        SOCKETS.get(Byte.toUnsignedInt((byte) what) >> SOCKET_SHIFT),
                        (what & VERIFIABLE_BIT) == 0 ? content : verifiable(content),
                        (what & ANSWERING_BIT) != 0);
            }
        }
    }

    /** Commands hear nothing: a bit of the socket tells more of them apart. */
    private static FuzzedMesh.Command command(int what) {
        FuzzedMesh.Command[] all = FuzzedMesh.Command.values();
        int more = (what >> SOCKET_SHIFT & 1) * (SOURCE_BITS + 1);
        return all[((what & SOURCE_BITS) + more) % all.length];
    }

    /** With the id that its content has: a fuzzer does not find digests by itself. */
    private static byte[] verifiable(byte[] datagram) {
        if (!(Packet.decode(datagram) instanceof Packet packet) || packet.packetId() == null) {
            return datagram;
        }
        byte[] message = packet.copy(Field.MESSAGE);
        Id head = packet.id(Field.PREVIOUS);
        Id id = packet.index() > 0 && head != null
                ? TestPackets.fragmentId(head, message)
                : TestPackets.messageId(message);
        byte[] renewed = packet.bytes().clone();
        id.copyTo(renewed, packet.offset(Field.PACKET));
        return renewed;
    }

    /** Writes scripts. */
    static final class Writer {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Writer hears(int source, Packet packet) {
            return step(source | VERIFIABLE_BIT, 1, packet.bytes());
        }

        Writer hearsAnswer(int source, Packet packet) {
            return step(source | ANSWERING_BIT, 1, packet.bytes());
        }

        /** At one of {@link #SOCKETS}, with the ids that the node waits for. */
        Writer hearsAnswerAt(SocketId socket, int source, Packet packet) {
            return step(source | ANSWERING_BIT | SOCKETS.indexOf(socket) << SOCKET_SHIFT, 1, packet.bytes());
        }

        /** A single byte, as a traversal sends it, at one of {@link #SOCKETS}. */
        Writer isPunchedAt(SocketId socket, int source) {
            return step(source | SOCKETS.indexOf(socket) << SOCKET_SHIFT, 1, new byte[] {1});
        }

        Writer does(FuzzedMesh.Command command, byte[] content) {
            int number = command.ordinal();
            int more = number / (SOURCE_BITS + 1) << SOCKET_SHIFT;
            return step(number & SOURCE_BITS | more | COMMAND_BIT, 1, content);
        }

        Writer waits(int pause) {
            return step(7, pause, new byte[0]);
        }

        private Writer step(int what, int pause, byte[] content) {
            out.write(what);
            out.write(pause);
            out.write(content.length >> 8);
            out.write(content.length);
            out.writeBytes(content);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
