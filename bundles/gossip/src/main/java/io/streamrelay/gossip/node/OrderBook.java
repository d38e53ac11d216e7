// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.gossip.node.envelope.Cbor;
import io.streamrelay.gossip.node.envelope.CborReader;
import io.streamrelay.gossip.node.order.OrderLimits;
import io.streamrelay.gossip.node.order.OrderRestorer;
import io.streamrelay.gossip.node.order.OrderState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order of what senders sent into one subcluster, which outlives a restart: with what is handed on goes a note of
 * how far its sender has come, into the same commit. What is held back is in no note; its packets are opened again.
 */
final class OrderBook {

    private static final Logger LOG = LoggerFactory.getLogger(OrderBook.class);

    private static final String SEPARATOR = "/";

    private final String prefix;
    private final Taker out;
    private final OrderRestorer<Ordered> orders;
    private final List<StoreChange> forgotten = new ArrayList<>();

    /**
     * @param prefix what the keys of its notes begin with
     * @param notes those that the store has
     * @param out takes what is handed on
     */
    OrderBook(String prefix, Map<String, byte[]> notes, Taker out) {
        this.prefix = prefix;
        this.out = out;
        orders = new OrderRestorer<>(
                OrderLimits.DEFAULT, (sender, epoch) -> forgotten.add(new StoreChange.RemoveNote(key(sender, epoch))));
        notes.forEach(this::restore);
    }

    /** The prefix of the notes of one kind of messages in a subcluster. */
    static String prefix(Id subcluster, String kind) {
        return "order" + SEPARATOR + subcluster.hex() + SEPARATOR + kind + SEPARATOR;
    }

    /**
     * Takes what one sender sent.
     *
     * @param bytes what it holds in memory
     * @return false when its number was taken before
     */
    boolean accept(Ordered item, long sequence, int bytes, long nowMs) {
        return orders.accept(item.sender(), item.epoch(), sequence, bytes, item, nowMs, handOn());
    }

    /** Hands on what has waited long enough. */
    void expire(long nowMs) {
        orders.expire(nowMs, handOn());
    }

    /** When {@link #expire} has something to do. */
    long deadlineMs() {
        return orders.deadlineMs();
    }

    private Consumer<Ordered> handOn() {
        return item -> {
            List<StoreChange> notes = new ArrayList<>(forgotten);
            forgotten.clear();
            OrderState state = orders.state(item.sender(), item.epoch());
            notes.add(new StoreChange.PutNote(key(item.sender(), item.epoch()), encode(state)));
            out.accept(item.arrivals(), notes);
        };
    }

    private String key(Id sender, long epoch) {
        return prefix + sender.hex() + SEPARATOR + epoch;
    }

    private void restore(String key, byte[] note) {
        String[] parts = key.substring(prefix.length()).split(SEPARATOR);
        try {
            orders.restore(Id.ofHex(parts[0]), Long.parseLong(parts[1]), decode(note));
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            LOG.warn("how far a sender had come cannot be read: it begins anew", e);
        }
    }

    private static byte[] encode(OrderState state) {
        return Cbor.encode(cbor -> {
            cbor.writeStartArray(null, 1 + state.runs().length);
            cbor.writeNumber(state.next());
            writeRuns(cbor, state.runs());
            cbor.writeEndArray();
        });
    }

    private static void writeRuns(CBORGenerator cbor, long[] runs) throws IOException {
        for (long bound : runs) {
            cbor.writeNumber(bound);
        }
    }

    private static OrderState decode(byte[] note) throws IOException {
        try (CborReader cbor = new CborReader(note)) {
            cbor.openArray();
            long next = cbor.integer(1, Long.MAX_VALUE);
            List<Long> runs = new ArrayList<>();
            while (cbor.more()) {
                runs.add(cbor.integer(1, Long.MAX_VALUE));
            }
            cbor.closeArray();
            cbor.end();
            return new OrderState(next, runs.stream().mapToLong(Long::longValue).toArray());
        }
    }
}
