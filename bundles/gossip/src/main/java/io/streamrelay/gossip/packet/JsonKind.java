// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a reference peer takes the message of a query packet for: it tries to read each as JSON. */
public enum JsonKind {
    /** Bytes, which it leaves alone. */
    NONE,
    /** The value null, which it cannot bear. */
    NULL,
    /** Any other value; it writes it anew when it passes it on, which it cannot do with a fragment. */
    VALUE;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Field.MESSAGE.maxBytes())
                    .maxDocumentLength(Field.MESSAGE.maxBytes())
                    .maxNumberLength(Field.MESSAGE.maxBytes())
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    /** What a message of at most 1,024 bytes is. */
    public static JsonKind of(byte[] message) {
        String text = new String(message, StandardCharsets.UTF_8);
        if (text.strip().equals("null")) {
            return NULL;
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                return NONE;
            }
            parser.skipChildren();
            return parser.nextToken() == null ? VALUE : NONE;
        } catch (IOException e) {
            return NONE;
        }
    }
}
