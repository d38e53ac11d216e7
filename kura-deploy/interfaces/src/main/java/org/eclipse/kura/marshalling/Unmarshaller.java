// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.marshalling;

import org.eclipse.kura.KuraException;

/** Turns text into an object. */
public interface Unmarshaller {

    <T> T unmarshal(String string, Class<T> clazz) throws KuraException;
}
