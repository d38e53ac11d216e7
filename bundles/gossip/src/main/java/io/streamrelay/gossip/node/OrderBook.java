// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.streamrelay.api.GapInfo;
import io.streamrelay.api.Id;
import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.gossip.node.envelope.Cbor;
import io.streamrelay.gossip.node.envelope.CborReader;
import io.streamrelay.gossip.node.order.Gap;
import io.streamrelay.gossip.node.order.OrderHost;
import io.streamrelay.gossip.node.order.OrderLimits;
import io.streamrelay.gossip.node.order.OrderRestorer;
import io.streamrelay.gossip.node.order.OrderRoom;
import io.streamrelay.gossip.node.order.OrderState;
import io.streamrelay.gossip.node.order.OrderWait;
import io.streamrelay.gossip.node.order.Sequenced;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order of what senders sent into one subcluster, which outlives a restart: with what is handed on goes a note of
 * how far its sender has come, and of what was given up on the way, into the same commit. What is held back is in no
 * note; its packets are opened again. When one of these has to go it is handed on before its turn: that is better than never.
 * Used by its subcluster's lane.
 */
final class OrderBook implements OrderHost {

    private static final Logger LOG = LoggerFactory.getLogger(OrderBook.class);

    private static final String SEPARATOR = "/";

    /** With what the keys of all orders' notes begin. */
    private static final String ALL = "order" + SEPARATOR;

    private final String prefix;
    private final NodeParts node;
    private final Taker out;
    private final OrderRestorer<Ordered> orders;
    // By the packet that a restart would open again.
    private final Map<Id, Ordered> waiting = new HashMap<>();
    private final List<StoreChange> forgotten = new ArrayList<>();
    private boolean gapsChanged;
    private volatile List<GapInfo> gaps = List.of();

    private OrderBook(String prefix, NodeParts node, Taker out, OrderRoom room, OrderLimits limits) {
        this.prefix = prefix;
        this.node = node;
        this.out = out;
        orders = new OrderRestorer<>(limits, room, this);
        node.store().notes(prefix).forEach(this::restore);
        publishGaps();
    }

    /**
     * The order of enveloped messages, with what the store remembers.
     *
     * @param room what it shares with the node's others
     * @param out takes what is handed on
     */
    static OrderBook ofEnvelopes(Id subcluster, NodeParts node, OrderRoom room, Taker out) {
        return new OrderBook(prefix(subcluster, "envelope"), node, out, room, OrderLimits.DEFAULT);
    }

    /** The order of raw messages: nobody signs their numbers, so what lacks of them says nothing. */
    static OrderBook ofRaw(Id subcluster, NodeParts node, OrderRoom room, Taker out) {
        return new OrderBook(prefix(subcluster, "raw"), node, out, room, OrderLimits.WITHOUT_GAPS);
    }

    /** The subclusters of which the store remembers that messages were received. */
    static Set<Id> subclusters(PacketStore store) {
        return store.notes(ALL).keySet().stream()
                .map(key -> key.substring(ALL.length()).split(SEPARATOR)[0])
                .filter(key -> key.matches("[0-9a-f]{64}"))
                .map(Id::ofHex)
                .collect(toSet());
    }

    /** The prefix of the notes of one kind of messages in a subcluster. */
    private static String prefix(Id subcluster, String kind) {
        return ALL + subcluster.hex() + SEPARATOR + kind + SEPARATOR;
    }

    @Override
    public void count(String event) {
        node.counters().increment(event);
        gapsChanged = true;
    }

    @Override
    public long wallMs() {
        return WallClock.stampMs(node.clock().now());
    }

    @Override
    public void forgotten(Id sender, long epoch) {
        forgotten.add(new StoreChange.RemoveNote(key(sender, epoch)));
        gapsChanged = true;
    }

    /** What was given up and has not come since, of all senders; the most recent first. Thread-safe. */
    List<GapInfo> gaps() {
        return gaps;
    }

    private void publishChangedGaps() {
        if (gapsChanged) {
            publishGaps();
        }
    }

    private void publishGaps() {
        gaps = orders.gaps().stream()
                .sorted(Comparator.comparingLong(GapInfo::sinceMs).reversed())
                .toList();
        gapsChanged = false;
    }

    /** How long messages wait for those before them from now on; {@link #expire} is to follow. */
    void waitFor(OrderWait wait) {
        orders.waitFor(wait);
    }

    /**
     * Takes what one sender sent.
     *
     * @return false when its number was taken before
     */
    boolean accept(Ordered item) {
        waiting.putIfAbsent(item.packetId(), item);
        boolean isNew = orders.accept(
                item.sender(),
                item.epoch(),
                new Sequenced<>(item.sequence(), item, item.bytes(), item.arrivedMs()),
                handOn(item.arrivedMs()));
        if (!isNew) {
            waiting.remove(item.packetId(), item);
        }
        publishChangedGaps();
        return isNew;
    }

    /** Hands on what has waited long enough. */
    void expire(long nowMs) {
        orders.expire(nowMs, handOn(nowMs));
        publishChangedGaps();
    }

    /** Hands on what a packet carried, if that waits: the store has let go of it, and memory outlives no restart. */
    void letGo(Id packetId, long nowMs) {
        Ordered item = waiting.get(packetId);
        if (item != null) {
            orders.release(item.sender(), item.epoch(), item.sequence(), handOn(nowMs));
            publishChangedGaps();
        }
    }

    /** When {@link #expire} has something to do. */
    long deadlineMs() {
        return orders.deadlineMs();
    }

    private Consumer<Ordered> handOn(long nowMs) {
        return item -> {
            waiting.remove(item.packetId(), item);
            List<StoreChange> notes = new ArrayList<>(forgotten);
            forgotten.clear();
            OrderState state = orders.state(item.sender(), item.epoch());
            notes.add(new StoreChange.PutNote(key(item.sender(), item.epoch()), encode(state)));
            // Whoever gets a message may ask at once what lacks before it.
            publishChangedGaps();
            out.accept(item.asOf(nowMs), notes);
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
            cbor.writeStartArray(null, 1 + state.runs().length + (state.gaps().isEmpty() ? 0 : 1));
            cbor.writeNumber(state.next());
            writeRuns(cbor, state.runs());
            if (!state.gaps().isEmpty()) {
                writeGaps(cbor, state.gaps());
            }
            cbor.writeEndArray();
        });
    }

    private static void writeGaps(CBORGenerator cbor, List<Gap> gaps) throws IOException {
        cbor.writeStartArray(null, 3 * gaps.size());
        for (Gap gap : gaps) {
            cbor.writeNumber(gap.from());
            cbor.writeNumber(gap.to());
            cbor.writeNumber(gap.sinceMs());
        }
        cbor.writeEndArray();
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
            while (cbor.more() && !cbor.isArray()) {
                runs.add(cbor.integer(1, Long.MAX_VALUE));
            }
            List<Gap> gaps = cbor.more() ? readGaps(cbor) : List.of();
            cbor.closeArray();
            cbor.end();
            return new OrderState(next, runs.stream().mapToLong(Long::longValue).toArray(), gaps);
        }
    }

    private static List<Gap> readGaps(CborReader cbor) throws IOException {
        List<Gap> gaps = new ArrayList<>();
        cbor.openArray();
        while (cbor.more()) {
            long from = cbor.integer(1, Long.MAX_VALUE);
            gaps.add(new Gap(from, cbor.integer(from, Long.MAX_VALUE), cbor.integer(0, Long.MAX_VALUE)));
        }
        cbor.closeArray();
        return gaps;
    }
}
