// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.api.store.StoreChange;
import io.streamrelay.simulator.VirtualNode;
import io.streamrelay.simulator.Watcher;
import java.util.List;

/** Counts what comes onto disks: others' packets, wherever they are new. */
final class Taken implements Watcher {

    private long packets;
    private long bytes;

    @Override
    public void committed(VirtualNode node, List<StoreChange> changes) {
        for (StoreChange change : changes) {
            if (change instanceof StoreChange.PutPacket put && !put.packet().own()) {
                packets++;
                bytes += put.packet().bytes().length;
            }
        }
    }

    long packets() {
        return packets;
    }

    long bytes() {
        return bytes;
    }
}
