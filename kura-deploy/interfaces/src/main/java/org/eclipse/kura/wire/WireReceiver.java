// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.wire;

import org.osgi.service.wireadmin.Consumer;

/** A node that wires end at. */
public interface WireReceiver extends WireComponent, Consumer {

    void onWireReceive(WireEnvelope wireEnvelope);
}
