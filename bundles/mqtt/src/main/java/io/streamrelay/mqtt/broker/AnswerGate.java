// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets through what a client library says to publications of QoS 2, or not yet, or not at all: Paho says PUBREC to each of
 * its own accord, or ends the connection. What is said for good waits here until it is on disk. Thread-safe.
 *
 * <p>Mosquitto before 2.0.14 sends its whole backlog at once, whatever Receive Maximum says. Of more than 65,535 messages
 * two have the same packet identifier, and it takes a second PUBREC for one more to the first message: it then ends the
 * session for the PUBCOMP of the other, and sends that one again after its PUBREL. So the second PUBREC waits for the
 * first message's PUBCOMP.
 */
final class AnswerGate {

    /** The control packet types, MQTT 5 section 2.1.2. */
    private static final int TYPE = 0xf0;

    private static final int PUBLISH = 0x30;
    private static final int PUBREC = 0x50;
    private static final int PUBREL = 0x60;
    private static final int PUBCOMP = 0x70;

    /** In the first byte of a PUBLISH, MQTT 5 section 3.3.1.2. */
    private static final int QOS = 0x06;

    private static final int QOS_2 = 0x04;

    /** Of the bytes that tell how long the rest of a packet is, MQTT 5 section 1.5.5: seven bits each. */
    private static final int MORE = 0x80;

    private static final int BITS = 7;

    private final Set<Integer> withheld = ConcurrentHashMap.newKeySet();
    private final Listener listener;
    private volatile boolean ended;

    /** Told of packet identifiers, by the thread that sends answers. */
    interface Listener {

        /**
         * A PUBREC, a PUBREL, a PUBCOMP, or a PUBLISH of QoS 2 is about to leave. It may when this returns.
         *
         * @throws IOException when it must not, so that the connection ends
         */
        void committing() throws IOException;

        /** A PUBREC has not been sent, and will not be. */
        void withheld(int packetId);

        /** A PUBREC has been given here to be sent. */
        default void answered(int packetId) {}

        /** A PUBCOMP is about to leave. */
        default void released(int packetId) {}
    }

    AnswerGate(Listener listener) {
        this.listener = listener;
    }

    /** Does not answer the publication that has come with a packet identifier, so that the broker keeps it. */
    void withhold(int packetId) {
        withheld.add(packetId);
    }

    /** Other connections follow by another gate, and bring what this one has not read yet. */
    void end() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    /** The way to the broker over a new connection. */
    OutputStream guard(OutputStream out) {
        withheld.clear();
        return new Guard(out);
    }

    private final class Guard extends OutputStream {

        private final OutputStream out;
        /** The beginning of a packet, or all of an answer. */
        private final ByteArrayOutputStream packet = new ByteArrayOutputStream();

        /** Which have been answered and not released yet. */
        private final Set<Integer> open = new HashSet<>();

        private final Map<Integer, Deque<byte[]>> waiting = new HashMap<>();
        private int type;
        private int shift;
        private int left;
        private boolean inside;

        Guard(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int end = offset + length;
            int at = offset;
            while (at < end) {
                if (inside) {
                    int count = Math.min(left, end - at);
                    (isAnswer() ? packet : out).write(bytes, at, count);
                    left -= count;
                    at += count;
                } else {
                    begin(bytes[at++]);
                }
                if (inside && left == 0) {
                    end();
                }
            }
        }

        private boolean isAnswer() {
            return type == PUBREC || type == PUBCOMP;
        }

        private void begin(byte value) throws IOException {
            packet.write(value);
            if (packet.size() == 1) {
                type = value & TYPE;
                shift = 0;
                left = 0;
                return;
            }
            left |= (value & ~MORE & 0xff) << shift;
            shift += BITS;
            inside = (value & MORE) == 0;
            if (inside && !isAnswer()) {
                int first = packet.toByteArray()[0];
                if (type == PUBREL || type == PUBLISH && (first & QOS) == QOS_2) {
                    listener.committing();
                }
                packet.writeTo(out);
            }
        }

        private void end() throws IOException {
            inside = false;
            byte[] whole = packet.toByteArray();
            packet.reset();
            if (!isAnswer()) {
                return;
            }
            // The lengths of answers are told by one byte.
            int packetId = (whole[2] & 0xff) << Byte.SIZE | whole[3] & 0xff;
            if (type == PUBREC) {
                received(packetId, whole);
            } else {
                listener.released(packetId);
                listener.committing();
                out.write(whole);
                released(packetId);
            }
        }

        private void received(int packetId, byte[] answer) throws IOException {
            if (withheld.contains(packetId)) {
                listener.withheld(packetId);
                return;
            }
            listener.committing();
            listener.answered(packetId);
            if (open.add(packetId)) {
                out.write(answer);
            } else {
                waiting.computeIfAbsent(packetId, id -> new ArrayDeque<>()).add(answer);
            }
        }

        private void released(int packetId) throws IOException {
            open.remove(packetId);
            Deque<byte[]> others = waiting.get(packetId);
            if (others != null) {
                open.add(packetId);
                out.write(others.removeFirst());
                if (others.isEmpty()) {
                    waiting.remove(packetId);
                }
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
