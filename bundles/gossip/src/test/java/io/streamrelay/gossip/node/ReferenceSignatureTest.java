// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.streamrelay.api.crypto.SigningKey;
import io.streamrelay.crypto.BouncyKeyRing;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReferenceSignatureTest {

    private final SigningKey key = new BouncyKeyRing().signingKey(new byte[32]);

    private static byte[] payload(String from64) {
        return ("-".repeat(64) + from64).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void isWhatTheReferenceMakes() {
        byte[] payload = payload("21.5 streamrelay/1");

        assertArrayEquals(key.signReference(payload), ReferenceSignature.of(key, payload));
    }

    @Test
    void isMadeForPayloadsThatAreTooShortToMeanAnythingElse() {
        byte[] payload = payload("streamrelay");

        assertArrayEquals(key.signReference(payload), ReferenceSignature.of(key, payload));
    }

    @Test
    void isNotMadeForWhatWouldBeAControlPacketOrAnEnvelope() {
        assertNull(ReferenceSignature.of(key, payload("streamrelay/1 and a ping")));
        assertNull(ReferenceSignature.of(key, payload("streamrelay/envelope/1")));
    }
}
