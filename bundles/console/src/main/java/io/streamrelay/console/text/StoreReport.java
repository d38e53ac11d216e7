// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import io.streamrelay.console.view.Snapshot;
import io.streamrelay.console.view.Span;
import io.streamrelay.console.view.StoreView;
import java.util.ArrayList;
import java.util.List;

/**
 * What this gateway holds, for itself and for others.
 *
 * @param store null while no node runs
 */
public record StoreReport(StoreView store) implements Report {

    private static final int PERCENT = 100;

    /** A gateway's. */
    public static StoreReport of(Snapshot snapshot) {
        return new StoreReport(snapshot.store());
    }

    @Override
    public List<String> lines() {
        if (store == null) {
            return List.of("the node is not running");
        }
        List<String> lines = new ArrayList<>();
        lines.add(store.failing() ? "the store cannot be written" : "the store is well");
        lines.add("carried for the mesh   " + share(store.carriedBytes(), store.carriedBytesMax()));
        lines.add("held here alone        " + share(store.backlogBytes(), store.backlogBytesMax()));
        TextTable table = TextTable.of("cluster", "whose", "packets", "size");
        store.clusters()
                .forEach(cluster -> table.row(
                        Ids.brief(cluster.id()),
                        cluster.own() ? "own" : "foreign",
                        cluster.packets(),
                        Span.bytes(cluster.bytes())));
        lines.addAll(table.lines("nothing is carried"));
        return lines;
    }

    private static String share(long bytes, long bytesMax) {
        long percent = bytesMax == 0 ? 0 : bytes * PERCENT / bytesMax;
        return Span.bytes(bytes) + " of " + Span.bytes(bytesMax) + " (" + percent + " %)";
    }

    @Override
    public Object data() {
        return store;
    }
}
