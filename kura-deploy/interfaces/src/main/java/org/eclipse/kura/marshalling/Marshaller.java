// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.marshalling;

import org.eclipse.kura.KuraException;

/** Turns an object into text. */
public interface Marshaller {

    String marshal(Object object) throws KuraException;
}
