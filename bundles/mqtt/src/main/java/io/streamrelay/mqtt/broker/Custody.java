// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import io.streamrelay.api.Message;
import io.streamrelay.mqtt.broker.CustodyTable.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

    /** How much of the heap their payloads may take together: 4 MB of 64. Our own choice. */
    private static final int HEAP_SHARE = 16;

    /** When there is room for so many again, the broker is asked for what it has kept. Our own choice. */
    private static final double ROOM_AGAIN = 0.75;

    /**
     * So many for each that may wait are remembered until their PUBREL, which old Mosquittos send after all the backlog
     * that they have. A guess: 16,000 of them take some 3 MB.
     */
    private static final int REMEMBERED_FOR_EACH = 4;

    /** So that processes draw the same number once in 2^28 messages that are remembered, at the most. */
    private static final long NUMBERS_APART = 1L << 40;

    /**
     * Below it a packet identifier may come again as soon as it is released: some brokers give out the lowest that is free.
     * Above it they count up, and 65,535 others come first. A guess: ten times of what a broker has on its way to one client.
     */
    static final int LOW_IDS = 1_000;

    /** A message and what has become of it. Guarded by the custody that it is in. */
    private final class Item {
        private final long number;
        private final int packetId;
        private final Fingerprint fingerprint;
        private final Set<Integer> subscriptions;
        /** The number of the change that puts it on disk. */
        private final long change;

        /** Null when it is safe. */
        private Message message;

        private boolean given;
        private boolean safe;
        private Release release;
        /** Whether this connection has brought it. */
        private boolean seen;

        /** The number of the last message that had come when its PUBCOMP left. */
        private long releasedAfter;

        Item(CustodyTable.Entry entry, Set<Integer> subscriptions, long change) {
            this.number = entry.number();
            this.packetId = entry.packetId();
            this.fingerprint = entry.fingerprint();
            this.subscriptions = subscriptions;
            this.change = change;
            this.message = entry.message();
            this.safe = message == null;
            this.release = entry.release();
        }
    }

    private final GroupCommit commits;
    private final CustodyTable table;
    private final TreeMap<Long, Item> notGiven = new TreeMap<>();
    private final TreeMap<Long, Item> given = new TreeMap<>();
    /** In the order they came. Mosquitto may have several under one identifier. */
    private final Map<Integer, Deque<Item>> unreleased = new HashMap<>();
    /**
     * Released by a connection before, which may have lost the PUBCOMP, or by this one before it has brought them: it may
     * have meant the one before with their identifier. Mosquitto (2.0.11 and later ones) repeats the PUBREL to who comes
     * back, but the PUBLISH when the connection after that ended at once.
     */
    private final Map<Integer, Deque<Item>> doubtful = new HashMap<>();

    /** Released by this connection, the first one first; whether the PUBCOMP has arrived is not known yet. */
    private final Deque<Item> unconfirmed = new ArrayDeque<>();

    private final int max;
    private final long bytesMax;
    private final Object handingOver = new Object();
    private int remembered;
    private long waitingBytes;
    private boolean full;
    private boolean loaded;
    private long numbers;
    private long lastChange;

    /**
     * @param commits write what is in custody
     * @param earlier where an earlier version has kept it
     * @param max how many may wait
     */
    Custody(GroupCommit commits, Path earlier, int max) {
        this(commits, earlier, max, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    /** @param bytesMax of payloads that wait; a single larger one is taken all the same */
    Custody(GroupCommit commits, Path earlier, int max, long bytesMax) {
        this.commits = commits;
        this.table = new CustodyTable(commits, earlier);
        this.max = max;
        this.bytesMax = bytesMax;
    }

    /** Reads what an earlier process has left; does nothing the next time. */
    synchronized void load() throws IOException {
        if (loaded) {
            return;
        }
        for (CustodyTable.Entry entry : table.load()) {
            Item item = new Item(entry, Set.of(), 0);
            numbers = entry.number();
            if (item.release == Release.NONE) {
                remember(item);
            } else if (item.release == Release.SAID) {
                doubt(item);
            }
            if (!item.safe) {
                waits(item);
            }
        }
        // The numbers of an earlier process that are not here any more may still be known elsewhere.
        numbers += new SecureRandom().nextLong(NUMBERS_APART);
        loaded = true;
    }

    private void remember(Item item) {
        remembered++;
        unreleased.computeIfAbsent(item.packetId, id -> new ArrayDeque<>(1)).add(item);
    }

    private void doubt(Item item) {
        doubtful.computeIfAbsent(item.packetId, id -> new ArrayDeque<>(1)).add(item);
    }

    /** Another connection begins, over which comes again what is not answered. */
    synchronized void connects() {
        full = false;
        unconfirmed.forEach(this::doubt);
        unconfirmed.clear();
        unreleased.values().forEach(all -> all.forEach(item -> item.seen = false));
    }

    /**
     * A PUBLISH has come. It is answered with PUBREC, and handed over, when all that was taken until now is on disk.
     *
     * @param repeated whether the broker says that it may have sent it before
     * @param subscriptions what it came by, as far as the broker says; not kept over a restart
     * @return false when there is no room for it, so that it must not be answered; nor what comes after it, which would
     *     overtake it
     * @throws IOException when the message cannot be kept, so that it must not be answered
     */
    synchronized boolean take(int packetId, boolean repeated, Message message, Set<Integer> subscriptions)
            throws IOException {
        if (!repeated) {
            // A broker repeats itself before it goes on.
            settle();
        }
        Item before = repeated ? known(packetId, Fingerprint.of(message.topic(), message.payload())) : null;
        if (before != null) {
            before.seen = true;
            return true;
        }
        if (!full && !(hasRoomFor(1, 1) && hasRoomForBytes(message.payload().length))) {
            full = true;
            LOG.warn(
                    "{} messages of QoS 2 with {} bytes wait for the mesh, and {} for the broker's PUBREL; it has to keep what"
                            + " follows",
                    waiting(),
                    waitingBytes,
                    remembered);
        }
        if (full) {
            return false;
        }
        forgotten(packetId, null);
        CustodyTable.Entry entry = new CustodyTable.Entry(numbers + 1, packetId, message);
        long change = table.put(entry);
        numbers++;
        lastChange = change;
        Item item = new Item(entry, subscriptions, change);
        item.seen = true;
        remember(item);
        waits(item);
        return true;
    }

    private void waits(Item item) {
        notGiven.put(item.number, item);
        waitingBytes += item.message.payload().length;
    }

    /** The message that this one repeats, or null. */
    private Item known(int packetId, Fingerprint fingerprint) {
        List<Item> same = same(unreleased, packetId, fingerprint);
        Item found = same.stream().filter(item -> !item.seen).findFirst().orElse(same.isEmpty() ? null : same.get(0));
        if (found != null) {
            forgotten(packetId, found);
            return found;
        }
        Item back = same(doubtful, packetId, fingerprint).stream().findFirst().orElse(null);
        if (back != null) {
            removeFrom(doubtful, back);
            remember(back);
        }
        return back;
    }

    private static List<Item> same(Map<Integer, Deque<Item>> items, int packetId, Fingerprint fingerprint) {
        return items.getOrDefault(packetId, new ArrayDeque<>()).stream()
                .filter(item -> item.fingerprint.equals(fingerprint))
                .toList();
    }

    private static void removeFrom(Map<Integer, Deque<Item>> items, Item item) {
        Deque<Item> all = items.get(item.packetId);
        all.remove(item);
        if (all.isEmpty()) {
            items.remove(item.packetId);
        }
    }

    /** What this connection should have brought before another one of its identifier, the broker has forgotten. */
    private void forgotten(int packetId, Item next) {
        Deque<Item> all = unreleased.get(packetId);
        while (all != null && !all.isEmpty() && all.peekFirst() != next && !all.peekFirst().seen) {
            releasedForGood(removeFirst(packetId));
        }
    }

    /** Whether there was no room, and is again. */
    synchronized boolean isReadyToAskAgain() {
        return full
                && hasRoomFor(max * ROOM_AGAIN, remembersMax() * ROOM_AGAIN)
                && hasRoomForBytes(bytesMax * ROOM_AGAIN);
    }

    private boolean hasRoomFor(double more, double remembers) {
        return waiting() + more <= max && remembered + remembers <= remembersMax();
    }

    private boolean hasRoomForBytes(double more) {
        return waiting() == 0 || waitingBytes + more <= bytesMax;
    }

    private int waiting() {
        return notGiven.size() + given.size();
    }

    private int remembersMax() {
        return REMEMBERED_FOR_EACH * max;
    }

    /** The broker has forgotten the first message that came with a packet identifier, and will use it for others. */
    synchronized void released(int packetId) {
        if (unreleased.containsKey(packetId)) {
            Item item = removeFirst(packetId);
            if (!item.seen) {
                doubt(item);
            } else {
                confirm(item);
                if (packetId <= LOW_IDS || full) {
                    releasedForGood(item);
                } else {
                    releasedAsIsSaid(item);
                }
            }
        }
    }

    /** Its PUBREL answers a PUBREC that has left behind all that had left when it came. */
    private void confirm(Item later) {
        while (!unconfirmed.isEmpty() && unconfirmed.peekFirst().releasedAfter < later.number) {
            releasedForGood(unconfirmed.removeFirst());
        }
    }

    /** Until it is known that the PUBCOMP has arrived, a message that is repeated with its identifier is the same one. */
    private void releasedAsIsSaid(Item item) {
        item.release = Release.SAID;
        item.releasedAfter = numbers;
        table.mark(item.number, Release.SAID);
        unconfirmed.add(item);
    }

    private Item removeFirst(int packetId) {
        Item item = unreleased.get(packetId).peekFirst();
        removeFrom(unreleased, item);
        remembered--;
        return item;
    }

    /** It is known before its PUBCOMP: a message that comes with its identifier from then on is another one. */
    private void releasedForGood(Item item) {
        item.release = Release.FINAL;
        if (item.safe) {
            table.remove(item.number);
        } else {
            table.mark(item.number, Release.FINAL);
        }
    }

    private void settle() {
        doubtful.values().forEach(all -> all.forEach(this::releasedForGood));
        doubtful.clear();
    }

    /** The broker has forgotten all packet identifiers. */
    synchronized void sessionForgotten() {
        settle();
        unconfirmed.forEach(this::releasedForGood);
        unconfirmed.clear();
        unreleased.values().forEach(all -> all.forEach(this::releasedForGood));
        unreleased.clear();
        remembered = 0;
    }

    /**
     * Returns when all that has been taken is on disk, however long that takes.
     *
     * @throws IOException when who waits is interrupted, or this is closed
     */
    void await() throws IOException {
        commits.outlast(lastChange());
    }

    private synchronized long lastChange() {
        return lastChange;
    }

    /**
     * Hands over what is on disk and has not been handed over, in order, until one is refused. Waits for another call that
     * does so.
     */
    void handOver(Consumer<Arrival> receiver) {
        synchronized (handingOver) {
            for (Item item = next(); item != null; item = next()) {
                Item mine = item;
                Message message = messageOf(mine);
                if (message == null) {
                    // Who was given it before has acknowledged it at this very moment.
                    continue;
                }
                receiver.accept(new Arrival(
                        message, 0, false, mine.number, mine.subscriptions, () -> safe(mine), () -> takeBack(mine)));
                if (!isGiven(mine)) {
                    return;
                }
            }
        }
    }

    private synchronized Item next() {
        Map.Entry<Long, Item> first = notGiven.firstEntry();
        if (first == null || first.getValue().change > commits.committed()) {
            return null;
        }
        notGiven.pollFirstEntry();
        first.getValue().given = true;
        given.put(first.getKey(), first.getValue());
        return first.getValue();
    }

    private synchronized Message messageOf(Item item) {
        return item.message;
    }

    private synchronized boolean isGiven(Item item) {
        return item.given;
    }

    private synchronized void safe(Item item) {
        long number = item.number;
        if (!item.safe) {
            item.safe = true;
            waitingBytes -= item.message.payload().length;
            item.message = null;
            given.remove(number);
            notGiven.remove(number);
            if (item.release == Release.FINAL) {
                table.remove(number);
            } else {
                table.markSafe(new CustodyTable.Entry(number, item.packetId, item.fingerprint, null, item.release));
            }
        }
    }

    private synchronized void takeBack(Item item) {
        if (given.remove(item.number) != null) {
            item.given = false;
            notGiven.put(item.number, item);
        }
    }

    /** Who was given messages has gone: what is not acknowledged is handed over again, to the next. */
    synchronized void takeAllBack() {
        new ArrayList<>(given.values()).forEach(this::takeBack);
    }
}
