// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.api.crypto.Sealer;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which key came after which, in a file that only its owner may read. The settings of a subcluster name the key that it
 * began with; from there the present one is found, also after a restart, and after settings that were rolled back.
 * Thread-safe.
 */
final class KeySuccession {

    /** A guess: far more keys than a gateway sees in its life. What comes beyond is refused. */
    static final int ENTRIES_MAX = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(KeySuccession.class);

    /**
     * What came after a key.
     *
     * @param nextId the id that the next key leads to
     * @param nextKey its 32 bytes
     * @param overlapMs how long the former key opens messages after the next was learned
     * @param untilMs when that ends by this host's clock, 0 when it was not set then
     */
    record Entry(Id nextId, byte[] nextKey, long overlapMs, long untilMs) {

        private String text() {
            return HexFormat.of().formatHex(nextKey) + "," + overlapMs + "," + untilMs;
        }

        @Override
        public String toString() {
            return "Entry[nextId=" + nextId + "]";
        }
    }

    private final Path file;
    private final KeyRing keys;
    private final NodeClock clock;
    private final Map<Id, Entry> byFormer = new TreeMap<>();
    // A clock that jumps while the node runs ends nothing early or late.
    private final Map<Id, Long> endsMs = new HashMap<>();

    /** @param directory the node's folder; null for none, where nothing outlives the node */
    KeySuccession(Path directory, KeyRing keys, NodeClock clock) throws IOException {
        this.file = directory == null ? null : directory.resolve("keys").resolve("successions");
        this.keys = keys;
        this.clock = clock;
        if (file != null && Files.exists(file)) {
            read(Files.readString(file));
        }
    }

    private void read(String text) throws IOException {
        Properties lines = new Properties();
        lines.load(new StringReader(text));
        for (String former : lines.stringPropertyNames()) {
            try {
                String[] parts = lines.getProperty(former).split(",");
                byte[] next = HexFormat.of().parseHex(parts[0]);
                restore(Id.ofHex(former), next, Long.parseLong(parts[1]), Long.parseLong(parts[2]));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IOException("the file " + file + " is damaged: move it away, and join the subclusters whose"
                        + " keys were rotated again");
            }
        }
    }

    private void restore(Id former, byte[] next, long overlapMs, long untilMs) {
        byFormer.put(former, new Entry(idOf(next), next, overlapMs, untilMs));
        long leftMs = untilMs == 0 || !WallClock.isSet(clock.now())
                ? overlapMs
                : Math.min(overlapMs, untilMs - clock.now().wallMs());
        endsMs.put(former, clock.now().monotonicMs() + leftMs);
    }

    private Id idOf(byte[] key) {
        try (Sealer sealer = keys.sealer(key.clone())) {
            return sealer.subclusterId();
        }
    }

    /** What came after the key that leads to this id. */
    synchronized Optional<Entry> after(Id former) {
        return Optional.ofNullable(byFormer.get(former));
    }

    /** Whether a former key opens messages no more. */
    synchronized boolean isOver(Id former) {
        Long end = endsMs.get(former);
        return end != null && clock.now().monotonicMs() - end >= 0;
    }

    /**
     * Another key comes after one. Of two that are told for the same key, by members who did not know of each other, the
     * one with the lower id comes after the other, too: so all members come to the same.
     *
     * @return whether that is news
     * @throws IOException when it could not be written down; then nothing has changed
     */
    synchronized boolean put(Id former, byte[] next, Duration overlap) throws IOException {
        Id nextId = idOf(next);
        Entry known = byFormer.get(former);
        if (leadsTo(nextId, former) || known != null && known.nextId().equals(nextId)) {
            return false;
        }
        if (byFormer.size() + 2 > ENTRIES_MAX) {
            throw new IOException("more than " + ENTRIES_MAX + " keys have followed each other");
        }
        Map<Id, Entry> before = new TreeMap<>(byFormer);
        if (known == null) {
            begin(former, nextId, next, overlap);
        } else if (nextId.compareTo(known.nextId()) < 0) {
            begin(former, nextId, next, overlap);
            begin(known.nextId(), nextId, next, overlap);
        } else {
            begin(nextId, known.nextId(), known.nextKey(), overlap);
        }
        try {
            write();
        } catch (IOException e) {
            byFormer.clear();
            byFormer.putAll(before);
            throw e;
        }
        return true;
    }

    private boolean leadsTo(Id from, Id to) {
        Id id = from;
        for (int steps = 0; id != null && steps <= byFormer.size(); steps++) {
            if (id.equals(to)) {
                return true;
            }
            Entry entry = byFormer.get(id);
            id = entry == null ? null : entry.nextId();
        }
        return false;
    }

    private void begin(Id former, Id nextId, byte[] next, Duration overlap) {
        if (leadsTo(nextId, former)) {
            return;
        }
        long untilMs = WallClock.isSet(clock.now()) ? clock.now().wallMs() + overlap.toMillis() : 0;
        byFormer.put(former, new Entry(nextId, next.clone(), overlap.toMillis(), untilMs));
        endsMs.putIfAbsent(former, clock.now().monotonicMs() + overlap.toMillis());
    }

    private void write() throws IOException {
        if (file == null) {
            return;
        }
        StringBuilder text =
                new StringBuilder("# Which key came after which; secret. id = key, overlap ms, until ms\n");
        byFormer.forEach((former, entry) ->
                text.append(former.hex()).append(" = ").append(entry.text()).append('\n'));
        PrivateFile.write(file, text.toString());
        LOG.debug("{} successions of keys are in {}", byFormer.size(), file);
    }
}
