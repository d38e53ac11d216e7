// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds messages back until it is known who is on the broker, and then lets them pass as if it had been known from the
 * start: who was there before the first of them follows from what the broker says now and from who came and went
 * meanwhile.
 */
final class StartGate {

    private record Held(Runnable task, Runnable whenDropped) {}

    private final String self;
    private final Responsibility responsibility;
    private final List<Held> held = new ArrayList<>();
    private final Map<String, Runnable> there = new HashMap<>();
    private final Set<String> moved = new HashSet<>();
    private boolean selfWasThere;
    private boolean open;

    StartGate(String self, Responsibility responsibility) {
        this.self = self;
        this.responsibility = responsibility;
    }

    boolean isOpen() {
        return open;
    }

    /** Runs a task in its turn; or, when the connection goes before that, the other one. */
    void pass(Runnable task, Runnable whenDropped) {
        if (open) {
            task.run();
        } else {
            held.add(new Held(task, whenDropped));
        }
    }

    private void pass(Runnable note) {
        pass(note, () -> {});
    }

    void wasThere(String bridge, Announcement announcement, long nowMs) {
        if (open || moved.contains(bridge)) {
            pass(() -> responsibility.wasThere(bridge, announcement, nowMs));
        } else if (!bridge.equals(self)) {
            there.put(bridge, () -> responsibility.wasThere(bridge, announcement, nowMs));
        }
    }

    void came(String bridge, Announcement announcement, long nowMs) {
        moves(bridge);
        pass(() -> responsibility.came(bridge, announcement, nowMs));
    }

    void went(String bridge, long nowMs) {
        if (bridge.equals(self) && !moved.contains(self)) {
            selfWasThere = true;
        }
        moves(bridge);
        pass(() -> responsibility.went(bridge, nowMs));
    }

    private void moves(String bridge) {
        moved.add(bridge);
        Runnable now = there.remove(bridge);
        if (now != null) {
            pass(now);
        }
    }

    /** The connection has gone: the broker will send again what is held. */
    void lost() {
        held.forEach(each -> each.whenDropped.run());
        forget();
    }

    private void forget() {
        held.clear();
        there.clear();
        moved.clear();
        selfWasThere = false;
    }

    void open() {
        open = true;
        if (selfWasThere) {
            responsibility.wasThere(self, null, 0);
        }
        there.values().forEach(Runnable::run);
        held.forEach(each -> each.task.run());
        forget();
    }
}
