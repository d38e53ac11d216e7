// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.DropCounters;
import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.gossip.node.envelope.Cbor;
import io.streamrelay.gossip.node.envelope.CborReader;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops are counted for as long as the store lives: what was counted before a power cut is gone on from, but for the last
 * minute. Who looks for what was lost in the field comes after the restart. Thread-safe.
 */
final class KeptDrops {

    /** Each saving writes a block or two of flash: some ten megabytes a day at the most. A guess. */
    static final long SAVE_MS = 60_000;

    private static final Logger LOG = LoggerFactory.getLogger(KeptDrops.class);
    private static final String KEY = "counters/drops";
    private static final int NAME_CHARS_MAX = 100;

    private final PacketStore store;
    private final Counters counters;
    private SortedMap<String, Long> saved = new TreeMap<>();

    private KeptDrops(PacketStore store, Counters counters) {
        this.store = store;
        this.counters = counters;
    }

    /** Goes on from what the store has; called before anything is counted. */
    static KeptDrops restore(PacketStore store, Counters counters) {
        KeptDrops kept = new KeptDrops(store, counters);
        byte[] note = store.notes(KEY).get(KEY);
        if (note != null) {
            kept.read(note);
        }
        return kept;
    }

    private void read(byte[] note) {
        SortedMap<String, Long> read = new TreeMap<>();
        try (CborReader cbor = new CborReader(note)) {
            cbor.openArray();
            while (cbor.more()) {
                read.put(cbor.text(NAME_CHARS_MAX), cbor.integer(0, Long.MAX_VALUE));
            }
            cbor.closeArray();
            cbor.end();
        } catch (IOException e) {
            LOG.warn("what was dropped before cannot be read, and is counted anew", e);
            return;
        }
        read.forEach(counters::add);
        saved = read;
    }

    /** Has the store keep what has been counted, if anything has since. */
    synchronized void save() {
        SortedMap<String, Long> now = counters.values();
        now.keySet().removeIf(name -> !DropCounters.isDrop(name) || name.length() > NAME_CHARS_MAX);
        if (now.equals(saved)) {
            return;
        }
        byte[] note = Cbor.encode(cbor -> {
            cbor.writeStartArray(null, 2 * now.size());
            for (var each : now.entrySet()) {
                cbor.writeString(each.getKey());
                cbor.writeNumber(each.getValue());
            }
            cbor.writeEndArray();
        });
        saved = now;
        store.commit(List.of(new StoreChange.PutNote(KEY, note))).whenComplete((nothing, failure) -> {
            if (failure != null) {
                forget();
            }
        });
    }

    /** What could not be kept is tried again with the next saving. */
    private synchronized void forget() {
        saved = new TreeMap<>();
    }
}
