// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura;

import io.streamrelay.api.config.SecretKeeper;
import java.util.regex.Pattern;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deciphers what Kura has enciphered: each setting of the type Password. */
@Component(service = SecretKeeper.class)
public final class KuraSecretKeeper implements SecretKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(KuraSecretKeeper.class);

    /** Kura's notation: nonce and text in base 64; 12 bytes are 16 characters. */
    private static final Pattern ENCIPHERED = Pattern.compile("[A-Za-z0-9+/]{16}-[A-Za-z0-9+/]{20,}=*");

    private CryptoService crypto;

    @Reference
    void setCrypto(CryptoService service) {
        crypto = service;
    }

    @Override
    public String reveal(String kept) {
        try {
            return new String(crypto.decryptAes(kept.toCharArray()));
        } catch (KuraException | RuntimeException e) {
            // Written past the console, as plain text: Kura's cipher refuses it.
            if (ENCIPHERED.matcher(kept).matches()) {
                LOG.warn("a secret looks enciphered, but not by this Kura, and is taken as it is; enter it anew");
            }
            return kept;
        }
    }
}
