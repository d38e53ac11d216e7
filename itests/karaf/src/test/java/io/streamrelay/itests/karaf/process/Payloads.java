// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

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

    /** Says which of so many numbered messages are missing, came twice or came late. */
    public static String flaws(int count, List<Integer> numbers) {
        Set<Integer> missing = new TreeSet<>(IntStream.range(0, count).boxed().toList());
        Set<Integer> doubled = new TreeSet<>();
        Set<Integer> late = new TreeSet<>();
        int highest = -1;
        for (int number : numbers) {
            if (!missing.remove(number)) {
                doubled.add(number);
            } else if (number < highest) {
                late.add(number);
            }
            highest = Math.max(highest, number);
        }
        return "missing " + missing + ", doubled " + doubled + ", late " + late;
    }
}
