// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.crypto;

import org.eclipse.kura.KuraException;

/** Enciphers what Kura stores. */
public interface CryptoService {

    char[] decryptAes(char[] encryptedValue) throws KuraException;
}
