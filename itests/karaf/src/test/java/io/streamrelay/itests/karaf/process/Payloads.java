// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Payloads that carry their number and cannot be compressed. */
public final class Payloads {

    private Payloads() {}

    /** Numbered from 0. */
    public static List<byte[]> numbered(int count, int size, long seed) {
        Random random = new Random(seed);
        List<byte[]> payloads = new ArrayList<>(count);
        for (int number = 0; number < count; number++) {
            byte[] payload = new byte[size];
            random.nextBytes(payload);
            ByteBuffer.wrap(payload).putInt(number);
            payloads.add(payload);
        }
        return payloads;
    }

    /** The number that a payload carries. */
    public static int number(byte[] payload) {
        return ByteBuffer.wrap(payload).getInt();
    }
}
