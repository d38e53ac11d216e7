// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.wire;

import java.util.List;
import org.osgi.service.wireadmin.BasicEnvelope;

/** What one node hands the next. */
public class WireEnvelope extends BasicEnvelope {

    private final List<WireRecord> records;

    public WireEnvelope(String emitterPid, List<WireRecord> wireRecords) {
        super(wireRecords, emitterPid, "WIRES");
        this.records = List.copyOf(wireRecords);
    }

    public List<WireRecord> getRecords() {
        return records;
    }
}
