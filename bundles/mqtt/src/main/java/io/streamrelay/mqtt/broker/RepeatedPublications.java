// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which publications of QoS 1 a broker marks as sent before. Paho's MQTT 5 client reads that mark and tells it to nobody,
 * so it is read a second time, on the client's way to the socket. Thread-safe.
 */
final class RepeatedPublications {

    /** The control packet type and the flags of PUBLISH, MQTT 5 section 3.3.1. */
    private static final int PUBLISH_QOS_1 = 0x32;

    private static final int TYPE_AND_QOS = 0xf6;
    private static final int DUP = 0x08;

    /** Of the bytes that tell how long the rest of a packet is, MQTT 5 section 1.5.5: seven bits each. */
    private static final int MORE = 0x80;

    private static final int BITS = 7;

    private final Set<Integer> packetIds = ConcurrentHashMap.newKeySet();

    /** Whether the publication that has come with a packet identifier is such a one; asked once for each. */
    boolean take(int packetId) {
        return packetIds.remove(packetId);
    }

    /** The bytes that a broker sends over a new connection, looked at as they are read. */
    InputStream watch(InputStream in) {
        packetIds.clear();
        return new Watch(in);
    }

    private enum Part {
        HEADER,
        LENGTH,
        TOPIC_LENGTH,
        TOPIC,
        PACKET_ID,
        REST
    }

    private final class Watch extends FilterInputStream {

        private Part part = Part.HEADER;
        private int header;
        private long left;
        private int shift;
        private int number;
        private int digits;
        private int topicLeft;

        Watch(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) {
                see(value);
            }
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            for (int i = 0; i < count; i++) {
                see(bytes[offset + i] & 0xff);
            }
            return count;
        }

        private void see(int value) {
            switch (part) {
                case HEADER -> {
                    header = value;
                    left = 0;
                    shift = 0;
                    part = Part.LENGTH;
                }
                case LENGTH -> length(value);
                default -> content(value);
            }
        }

        private void length(int value) {
            left |= (long) (value & ~MORE) << shift;
            shift += BITS;
            if ((value & MORE) == 0) {
                begin((header & TYPE_AND_QOS) == PUBLISH_QOS_1 ? Part.TOPIC_LENGTH : Part.REST);
                endWithPacket();
            }
        }

        private void begin(Part next) {
            part = next;
            number = 0;
            digits = 0;
        }

        private void content(int value) {
            left--;
            switch (part) {
                case TOPIC_LENGTH -> {
                    if (isNumber(value)) {
                        topicLeft = number;
                        begin(topicLeft == 0 ? Part.PACKET_ID : Part.TOPIC);
                    }
                }
                case TOPIC -> {
                    topicLeft--;
                    if (topicLeft == 0) {
                        begin(Part.PACKET_ID);
                    }
                }
                case PACKET_ID -> {
                    if (isNumber(value)) {
                        note(number);
                        begin(Part.REST);
                    }
                }
                default -> {
                    // The rest says nothing of repetition.
                }
            }
            endWithPacket();
        }

        /** Takes one of two bytes; whether it was the second. */
        private boolean isNumber(int value) {
            number = number << Byte.SIZE | value;
            digits++;
            return digits == Short.BYTES;
        }

        private void note(int packetId) {
            if ((header & DUP) != 0) {
                packetIds.add(packetId);
            } else {
                packetIds.remove(packetId);
            }
        }

        private void endWithPacket() {
            if (left <= 0) {
                begin(Part.HEADER);
            }
        }
    }
}
