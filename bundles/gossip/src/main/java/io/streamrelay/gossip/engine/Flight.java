// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.Receipt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The packets that left for one of our own nodes and that it has not told of: under way, or lost. */
final class Flight {

    /**
     * One of them.
     *
     * @param again whether it had left before: nobody knows which of them a receipt is for
     * @param alone whether nothing else was under way when it left
     * @param asked whether it has asked for a receipt
     * @param pressed whether more would have left, had it been allowed
     * @param cameBytes how much had come, of all that ever left, when it left
     * @param cameMs when that was known
     * @param there whether it is not on its way any more, come or lost
     */
    record Flown(
            CachedPacket packet,
            int bytes,
            long leftMs,
            boolean again,
            boolean alone,
            boolean asked,
            boolean pressed,
            long cameBytes,
            long cameMs,
            boolean there) {

        private Flown sentAgain() {
            return new Flown(packet, bytes, leftMs, true, alone, asked, pressed, cameBytes, cameMs, there);
        }

        private Flown nowThere() {
            return new Flown(packet, bytes, leftMs, again, alone, asked, pressed, cameBytes, cameMs, true);
        }
    }

    private final Map<Integer, Flown> byName = new LinkedHashMap<>();
    private long bytes;
    private int asked;

    /** Nobody can tell it from what has left under the same name. */
    void left(Flown leaving) {
        Flown namesake = byName.remove(Receipt.name(leaving.packet().id()));
        remove(namesake);
        Flown flown = namesake == null ? leaving : leaving.sentAgain();
        byName.put(Receipt.name(flown.packet().id()), flown);
        bytes += flown.bytes();
        asked += flown.asked() ? 1 : 0;
    }

    private void remove(Flown gone) {
        if (gone != null) {
            bytes -= gone.there() ? 0 : gone.bytes();
            asked -= gone.asked() ? 1 : 0;
        }
    }

    /** What left before that time is not under way any more. Who is asked later still tells whether it came. */
    void thereBefore(long timeMs) {
        for (Map.Entry<Integer, Flown> each : byName.entrySet()) {
            Flown flown = each.getValue();
            if (flown.leftMs() >= timeMs) {
                break;
            }
            if (!flown.there()) {
                bytes -= flown.bytes();
                each.setValue(flown.nowThere());
            }
        }
    }

    /** Forgets what is not under way any more. */
    void forgetThere() {
        byName.values().removeIf(Flown::there);
    }

    long bytes() {
        return bytes;
    }

    /** The bytes of what left since then. */
    long bytesSince(long timeMs) {
        return byName.values().stream()
                .filter(flown -> !flown.there() && flown.leftMs() >= timeMs)
                .mapToLong(Flown::bytes)
                .sum();
    }

    /** Whether a receipt is to be expected. */
    boolean isAsked() {
        return asked > 0;
    }

    /** Whether nothing is under way. */
    boolean isIdle() {
        return bytes == 0;
    }

    /** Those of these names that were under way, in that order. */
    List<Flown> came(List<Integer> names) {
        List<Flown> came = new ArrayList<>();
        for (int name : names) {
            Flown flown = byName.remove(name);
            if (flown != null) {
                remove(flown);
                came.add(flown);
            }
        }
        return came;
    }

    Stream<CachedPacket> packets() {
        return byName.values().stream().map(Flown::packet);
    }

    boolean contains(int name) {
        return byName.containsKey(name);
    }

    /** Takes out and returns what left before the first of these names did. */
    List<Flown> leftBefore(List<Integer> names) {
        Set<Integer> named = new HashSet<>(names);
        List<Flown> early = new ArrayList<>();
        for (Map.Entry<Integer, Flown> each : byName.entrySet()) {
            if (named.contains(each.getKey())) {
                break;
            }
            early.add(each.getValue());
        }
        early.forEach(flown -> remove(byName.remove(Receipt.name(flown.packet().id()))));
        return early;
    }

    /** Takes out and returns what left before that time. */
    List<Flown> leftBefore(long timeMs) {
        List<Flown> early = new ArrayList<>();
        Iterator<Flown> each = byName.values().iterator();
        while (each.hasNext()) {
            Flown flown = each.next();
            if (flown.leftMs() >= timeMs) {
                break;
            }
            each.remove();
            remove(flown);
            early.add(flown);
        }
        return early;
    }
}
