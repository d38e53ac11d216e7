// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KuraSecretKeeperTest {

    private final KuraSecretKeeper keeper = new KuraSecretKeeper();

    @BeforeEach
    void bind() {
        keeper.setCrypto(kept -> {
            String text = new String(kept);
            if (text.isEmpty()) {
                throw new IllegalArgumentException("nothing to decipher");
            }
            if (!text.startsWith("enciphered:")) {
                throw new KuraException(KuraErrorCode.DECODER_ERROR, null);
            }
            return text.substring("enciphered:".length()).toCharArray();
        });
    }

    @Test
    void revealsWhatIsEnciphered() {
        assertEquals("open sesame", keeper.reveal("enciphered:open sesame"));
    }

    @Test
    void leavesPlainTextAsItIs() {
        assertEquals("file:/etc/secret", keeper.reveal("file:/etc/secret"));
        assertEquals("", keeper.reveal(""));
    }
}
