// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura;

import io.streamrelay.api.config.SecretKeeper;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Deciphers what Kura has enciphered: each setting of the type Password. */
@Component(service = SecretKeeper.class)
public final class KuraSecretKeeper implements SecretKeeper {

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
            return kept;
        }
    }
}
