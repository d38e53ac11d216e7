// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Test payloads of given sizes, each different and the same in every run. */
final class Payloads {

    private final List<byte[]> payloads;

    private Payloads(List<byte[]> payloads) {
        this.payloads = payloads;
    }

    static Payloads ofSizes(int... bytes) {
        return new Payloads(IntStream.of(bytes).mapToObj(Payloads::filled).toList());
    }

    private static byte[] filled(int size) {
        byte[] payload = new byte[size];
        new SplittableRandom(size).nextBytes(payload);
        return payload;
    }

    List<byte[]> all() {
        return payloads;
    }

    /** That each came, once, in any order. */
    void assertEachOnce(Collection<byte[]> received) {
        assertArrayEquals(sorted(payloads), sorted(received));
    }

    private static Object[] sorted(Collection<byte[]> payloads) {
        return payloads.stream().map(ByteBuffer::wrap).sorted().toArray();
    }
}
