// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import io.streamrelay.api.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of QoS 2 that a broker has handed over for good. Each is on disk before its PUBREC, with which the
 * broker may forget it, and stays there until it is acknowledged, over lost connections, lost sessions and restarts. Its
 * packet identifier is remembered until PUBREL, so that a repeated PUBLISH is known for one. Thread-safe.
 */
final class Custody {

    private static final Logger LOG = LoggerFactory.getLogger(Custody.class);

    /**
     * How many messages may wait here to be acknowledged; the broker has to keep what comes on top. Our own choice:
     * twice of what a bridge takes in at once.
     */
    static final int MAX = 4000;

    /** When there is room for so many again, the broker is asked for what it has kept. Our own choice. */
    private static final double ROOM_AGAIN = 0.75;

    /**
     * So many for each that may wait are remembered until their PUBREL, which old Mosquittos send after all the backlog
     * that they have. A guess: 16,000 messages of 200 bytes take some 12 MB.
     */
    private static final int REMEMBERED_FOR_EACH = 4;

    /** So that processes draw the same number once in 2^28 messages that are remembered, at the most. */
    private static final long NUMBERS_APART = 1L << 40;

    /** A message and what has become of it. Guarded by the custody that it is in. */
    private final class Item {
        private final CustodyFolder.Entry entry;
        private final Set<Integer> subscriptions;
        private boolean given;
        private boolean safe;
        private boolean released;
        /** Whether this connection has brought it. */
        private boolean seen;

        Item(CustodyFolder.Entry entry, Set<Integer> subscriptions) {
            this.entry = entry;
            this.subscriptions = subscriptions;
            this.safe = entry.safe();
        }
    }

    private final CustodyFolder folder;
    private final TreeMap<Long, Item> notGiven = new TreeMap<>();
    private final TreeMap<Long, Item> given = new TreeMap<>();
    /** In the order they came. Mosquitto may have several under one identifier. */
    private final Map<Integer, Deque<Item>> unreleased = new HashMap<>();

    private final int max;
    private final Object handingOver = new Object();
    private int remembered;
    private boolean full;
    private boolean loaded;
    private long numbers;

    /** @param folder where the messages are kept; made when it is needed, readable for the owner alone */
    Custody(Path folder) {
        this(folder, MAX);
    }

    Custody(Path folder, int max) {
        this.folder = new CustodyFolder(folder);
        this.max = max;
    }

    /** Reads what an earlier process has left; does nothing the next time. */
    synchronized void load() throws IOException {
        if (loaded) {
            return;
        }
        for (CustodyFolder.Entry entry : folder.load()) {
            Item item = new Item(entry, Set.of());
            numbers = entry.number();
            remember(item);
            if (!item.safe) {
                notGiven.put(entry.number(), item);
            }
        }
        // The numbers of an earlier process that are not here any more may still be known elsewhere.
        numbers += new SecureRandom().nextLong(NUMBERS_APART);
        loaded = true;
    }

    private void remember(Item item) {
        remembered++;
        unreleased
                .computeIfAbsent(item.entry.packetId(), id -> new ArrayDeque<>())
                .add(item);
    }

    /** Another connection begins, over which comes again what is not answered. */
    synchronized void connects() {
        full = false;
        unreleased.values().forEach(all -> all.forEach(item -> item.seen = false));
    }

    /**
     * A PUBLISH has come, and is answered with PUBREC when this returns.
     *
     * @param repeated whether the broker says that it may have sent it before
     * @param subscriptions what it came by, as far as the broker says; not kept over a restart
     * @return false when there is no room for it, so that it must not be answered; nor what comes after it, which would
     *     overtake it
     * @throws IOException when the message cannot be kept, so that it must not be answered
     */
    synchronized boolean take(int packetId, boolean repeated, Message message, Set<Integer> subscriptions)
            throws IOException {
        Item before = repeated ? known(packetId, message) : null;
        if (before != null) {
            before.seen = true;
            return true;
        }
        if (!full && !hasRoomFor(1, 1)) {
            full = true;
            LOG.warn(
                    "{} messages of QoS 2 wait for the mesh, and {} for the broker's PUBREL; it has to keep what follows",
                    waiting(),
                    remembered);
        }
        if (full) {
            return false;
        }
        forgotten(packetId, null);
        CustodyFolder.Entry entry = new CustodyFolder.Entry(numbers + 1, packetId, false, message);
        folder.write(entry);
        numbers++;
        Item item = new Item(entry, subscriptions);
        item.seen = true;
        remember(item);
        notGiven.put(entry.number(), item);
        return true;
    }

    /** The message that this one repeats, or null. */
    private Item known(int packetId, Message message) {
        List<Item> same = unreleased.getOrDefault(packetId, new ArrayDeque<>()).stream()
                .filter(item -> isSame(item.entry.message(), message))
                .toList();
        Item found = same.stream().filter(item -> !item.seen).findFirst().orElse(same.isEmpty() ? null : same.get(0));
        if (found != null) {
            forgotten(packetId, found);
        }
        return found;
    }

    /** What this connection should have brought before another one of its identifier, the broker has forgotten. */
    private void forgotten(int packetId, Item next) {
        Deque<Item> all = unreleased.get(packetId);
        while (all != null && !all.isEmpty() && all.peekFirst() != next && !all.peekFirst().seen) {
            released(packetId);
        }
    }

    /** Whether there was no room, and is again. */
    synchronized boolean isReadyToAskAgain() {
        return full && hasRoomFor(max * ROOM_AGAIN, remembersMax() * ROOM_AGAIN);
    }

    private boolean hasRoomFor(double more, double remembers) {
        return waiting() + more <= max && remembered + remembers <= remembersMax();
    }

    private int waiting() {
        return notGiven.size() + given.size();
    }

    private int remembersMax() {
        return REMEMBERED_FOR_EACH * max;
    }

    private static boolean isSame(Message one, Message other) {
        return one.topic().equals(other.topic()) && Arrays.equals(one.payload(), other.payload());
    }

    /** The broker has forgotten the first message that came with a packet identifier, and will use it for others. */
    synchronized void released(int packetId) {
        Deque<Item> all = unreleased.get(packetId);
        if (all != null) {
            Item item = all.removeFirst();
            remembered--;
            if (all.isEmpty()) {
                unreleased.remove(packetId);
            }
            item.released = true;
            forgetIfDone(item);
        }
    }

    /** The broker has forgotten all packet identifiers. */
    synchronized void sessionForgotten() {
        for (int packetId : List.copyOf(unreleased.keySet())) {
            while (unreleased.containsKey(packetId)) {
                released(packetId);
            }
        }
    }

    /** Hands over what has not been handed over, in order, until one is refused. Waits for another call that does so. */
    void handOver(Consumer<Arrival> receiver) {
        synchronized (handingOver) {
            for (Item item = next(); item != null; item = next()) {
                Item mine = item;
                receiver.accept(new Arrival(
                        mine.entry.message(),
                        0,
                        false,
                        mine.entry.number(),
                        mine.subscriptions,
                        () -> safe(mine),
                        () -> takeBack(mine)));
                if (!isGiven(mine)) {
                    return;
                }
            }
        }
    }

    private synchronized Item next() {
        Map.Entry<Long, Item> first = notGiven.pollFirstEntry();
        if (first == null) {
            return null;
        }
        first.getValue().given = true;
        given.put(first.getKey(), first.getValue());
        return first.getValue();
    }

    private synchronized boolean isGiven(Item item) {
        return item.given;
    }

    private synchronized void safe(Item item) {
        long number = item.entry.number();
        if (!item.safe) {
            item.safe = true;
            given.remove(number);
            notGiven.remove(number);
            if (!item.released) {
                attempt(() -> folder.markSafe(number));
            }
            forgetIfDone(item);
        }
    }

    private void forgetIfDone(Item item) {
        if (item.safe && item.released) {
            attempt(() -> folder.remove(item.entry.number()));
        }
    }

    private synchronized void takeBack(Item item) {
        if (given.remove(item.entry.number()) != null) {
            item.given = false;
            notGiven.put(item.entry.number(), item);
        }
    }

    /** Who was given messages has gone: what is not acknowledged is handed over again, to the next. */
    synchronized void takeAllBack() {
        new ArrayList<>(given.values()).forEach(this::takeBack);
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void attempt(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            LOG.warn("A message of QoS 2 may come twice after a restart: {}", e.toString());
        }
    }
}
