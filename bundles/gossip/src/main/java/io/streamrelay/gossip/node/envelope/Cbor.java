// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.envelope;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** CBOR in memory, with limits that fit a message. */
public final class Cbor {

    /** Deeper than anything that we write. */
    private static final int NESTING_MAX = 8;

    private static final CBORFactory FACTORY = CBORFactory.builder()
            // A half surrogate in a topic becomes U+FFFD instead of a failure.
            .enable(CBORGenerator.Feature.LENIENT_UTF_ENCODING)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(NESTING_MAX).build())
            .build();

    private Cbor() {}

    /** Something that writes one CBOR value. */
    @FunctionalInterface
    public interface Writing {
        void to(CBORGenerator cbor) throws IOException;
    }

    public static byte[] encode(Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CBORGenerator cbor = FACTORY.createGenerator(out)) {
            writing.to(cbor);
        } catch (IOException e) {
            throw new UncheckedIOException("writing CBOR to memory", e);
        }
        return out.toByteArray();
    }

    static CBORParser parser(byte[] bytes) throws IOException {
        return FACTORY.createParser(bytes);
    }
}
