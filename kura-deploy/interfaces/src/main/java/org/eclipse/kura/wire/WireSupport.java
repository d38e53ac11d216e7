// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.wire;

import java.util.List;
import org.osgi.service.wireadmin.Consumer;
import org.osgi.service.wireadmin.Producer;

/** What Kura does for a node: it knows the wires. */
public interface WireSupport extends Producer, Consumer {

    void emit(List<WireRecord> wireRecords);
}
