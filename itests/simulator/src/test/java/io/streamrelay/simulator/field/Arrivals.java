// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.simulator.VirtualNode;
import io.streamrelay.simulator.Watcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Which packets came to a node's disk in which order, and who made them. */
final class Arrivals implements Watcher {

    private final int at;
    private final LongSupplier nowMs;
    private final Map<Id, Integer> makers = new LinkedHashMap<>();
    private final Map<Id, Integer> sizes = new LinkedHashMap<>();
    private final Map<Id, Long> timesMs = new LinkedHashMap<>();
    private final List<Id> order = new ArrayList<>();

    Arrivals(int at, LongSupplier nowMs) {
        this.at = at;
        this.nowMs = nowMs;
    }

    @Override
    public void committed(VirtualNode node, List<StoreChange> changes) {
        for (StoreChange change : changes) {
            if (change instanceof StoreChange.PutPacket put) {
                Id id = put.packet().id();
                if (put.packet().own()) {
                    makers.putIfAbsent(id, node.number());
                }
                if (node.number() == at && sizes.putIfAbsent(id, put.packet().bytes().length) == null) {
                    order.add(id);
                    timesMs.put(id, nowMs.getAsLong());
                }
            }
        }
    }

    /** All that came, in their order. */
    List<Id> order() {
        return order;
    }

    /** The node that made a packet. */
    int maker(Id packet) {
        return makers.get(packet);
    }

    /** When it came, in virtual time. */
    long atMs(Id packet) {
        return timesMs.get(packet);
    }

    int bytes(Id packet) {
        return sizes.get(packet);
    }
}
