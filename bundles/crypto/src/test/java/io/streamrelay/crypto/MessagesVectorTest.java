// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamrelay.api.crypto.Sealer;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesVectorTest {

    static Stream<JsonNode> messages() throws IOException {
        return Vectors.entries("messages.json");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void opensWhatTheReferencePublished(JsonNode vector) throws Exception {
        try (Sealer sealer = new BouncyKeyRing().sealer(Vectors.bytes(vector, "sharedKey"))) {
            assertArrayEquals(Vectors.bytes(vector, "plaintext"), sealer.open(Vectors.bytes(vector, "sealed")));
        }
    }
}
