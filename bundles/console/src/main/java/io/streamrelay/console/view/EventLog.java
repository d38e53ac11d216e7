// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What has changed from one picture of the gateway to the next. Thread-safe. */
final class EventLog {

    /** A guess: some hours of a mesh that is not well. */
    static final int ENTRIES_MAX = 256;

    private static final int SHORT_ID = 8;

    private final Deque<LogEntry> entries = new ArrayDeque<>();
    private Snapshot last;
    private long number;

    /** Compares with the picture before. */
    synchronized void see(Snapshot snapshot) {
        if (last != null) {
            compare(last, snapshot);
        }
        last = snapshot;
    }

    private void compare(Snapshot before, Snapshot now) {
        if (before.node() == null && now.node() != null) {
            add(now, Level.OK, "the node runs as " + shortId(now.node().peerId()));
        } else if (before.node() != null && now.node() == null) {
            add(now, Level.BAD, "the node has ended");
        } else if (now.node() != null
                && !before.node().natType().equals(now.node().natType())) {
            add(
                    now,
                    Level.OK,
                    "what stands before this node: " + now.node().natType() + ", seen at "
                            + now.node().address());
        }
        peers(before, now);
        subclusters(before, now);
        bridges(before, now);
        findings(before, now);
    }

    private void peers(Snapshot before, Snapshot now) {
        Map<String, PeerView> were = connected(before);
        Map<String, PeerView> are = connected(now);
        are.forEach((id, peer) -> {
            if (!were.containsKey(id)) {
                add(now, Level.OK, "peer " + shortId(id) + " is connected at " + peer.address() + ", " + peer.route());
            }
        });
        were.forEach((id, peer) -> {
            if (!are.containsKey(id)) {
                add(now, Level.WATCH, "peer " + shortId(id) + " is gone");
            }
        });
    }

    private static Map<String, PeerView> connected(Snapshot snapshot) {
        return snapshot.peers().stream()
                .filter(peer -> peer.state() == PeerView.State.CONNECTED)
                .collect(Collectors.toMap(PeerView::id, Function.identity(), (one, other) -> one));
    }

    private void subclusters(Snapshot before, Snapshot now) {
        Set<String> were = names(before);
        Set<String> are = names(now);
        are.stream()
                .filter(name -> !were.contains(name))
                .sorted()
                .forEach(name -> add(now, Level.OK, "subcluster " + name + " is open"));
        were.stream()
                .filter(name -> !are.contains(name))
                .sorted()
                .forEach(name -> add(now, Level.OK, "subcluster " + name + " is closed"));
    }

    private static Set<String> names(Snapshot snapshot) {
        return snapshot.subclusters().stream().map(SubclusterView::name).collect(Collectors.toCollection(HashSet::new));
    }

    private void bridges(Snapshot before, Snapshot now) {
        Map<String, BridgeView> were = new HashMap<>();
        before.bridges().forEach(bridge -> were.put(bridge.name(), bridge));
        for (BridgeView bridge : now.bridges()) {
            BridgeView was = were.get(bridge.name());
            if (bridge.connected() && (was == null || !was.connected())) {
                add(now, Level.OK, "bridge " + bridge.name() + ": " + bridge.broker() + " is connected");
            } else if (!bridge.connected() && was != null && was.connected()) {
                add(now, Level.BAD, "bridge " + bridge.name() + ": " + bridge.broker() + " is gone");
            }
        }
    }

    /** What other entries do not tell: the store, the clock, the backlog. */
    private void findings(Snapshot before, Snapshot now) {
        Map<Check, Finding> were = new HashMap<>();
        before.findings().forEach(finding -> were.put(finding.check(), finding));
        for (Finding finding : now.findings()) {
            Finding was = were.get(finding.check());
            boolean told =
                    finding.check() == Check.NODE || finding.check() == Check.BROKER || finding.check() == Check.PEERS;
            if (!told && was != null && was.level() != finding.level()) {
                add(now, finding.level(), finding.text());
            }
        }
    }

    private void add(Snapshot now, Level level, String text) {
        entries.addLast(new LogEntry(++number, now.atMs(), level, text));
        while (entries.size() > ENTRIES_MAX) {
            entries.removeFirst();
        }
    }

    private static String shortId(String id) {
        return id.substring(0, SHORT_ID);
    }

    /** The latest first. */
    synchronized List<LogEntry> entries() {
        List<LogEntry> copy = new ArrayList<>(entries);
        Collections.reverse(copy);
        return copy;
    }
}
