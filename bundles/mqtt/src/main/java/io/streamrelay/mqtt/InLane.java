// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Message;
import io.streamrelay.mqtt.broker.BrokerException;
import io.streamrelay.mqtt.broker.BrokerLink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;

/**
 * Publishes messages on the broker in order, as many at a time as the broker takes, and says of each when the broker
 * has it. Lives on the bridge's thread.
 */
final class InLane {

    private record Entry(long number, Message message, String name, Runnable whenSafe) {}

    /** A broker that has answered nothing for so long has lost a publication, or the client library has. Our own choice. */
    static final long ANSWER_MS = 60_000;

    /** Or it is slow, or takes nothing now: each time it gets twice as long, up to this. Our own choice. */
    static final long ANSWER_MAX_MS = 960_000;

    private final BridgeThread thread;
    private final StateLog log;
    private final Backoff backoff;
    private final Runnable whenRoom;
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final TreeMap<Long, Entry> inFlight = new TreeMap<>();
    private long numbers;
    private BrokerLink link;
    private int inFlightMax;
    private long answeredMs;
    private long patienceMs = ANSWER_MS;
    private boolean open;
    private boolean paused;

    /** @param whenRoom called when {@link #hasRoom} has become true */
    InLane(BridgeThread thread, StateLog log, Backoff backoff, Runnable whenRoom) {
        this.thread = thread;
        this.log = log;
        this.backoff = backoff;
        this.whenRoom = whenRoom;
    }

    /** The link is connected; another one than before does not know what the last one was about to publish. */
    void connected(BrokerLink connected, int max) {
        if (link != connected) {
            List<Entry> unknown = new ArrayList<>(inFlight.values());
            Collections.reverse(unknown);
            unknown.forEach(waiting::addFirst);
            inFlight.clear();
            link = connected;
        }
        inFlightMax = max;
        answeredMs = thread.nowMs();
        open = true;
        send();
    }

    void lost() {
        open = false;
    }

    boolean isIdle() {
        return inFlight.isEmpty();
    }

    /** Whether the broker is connected and owes an answer for too long. */
    boolean isUnanswered() {
        return open && !inFlight.isEmpty() && thread.nowMs() - answeredMs >= patienceMs;
    }

    /** The connection is given up for that. */
    void waitLonger() {
        patienceMs = Math.min(2 * patienceMs, ANSWER_MAX_MS);
    }

    /** Whether a message would be published at once. */
    boolean hasRoom() {
        return open && !paused && waiting.isEmpty() && inFlight.size() < inFlightMax;
    }

    /** Whether the broker has a publication of that name, or is about to get it, from an earlier process. */
    boolean hasPublished(String name) {
        return link != null && link.hasPublished(name);
    }

    /** It will not be published again. */
    void settled(String name) {
        if (link != null) {
            link.settled(name);
        }
    }

    /** @param name as {@link BrokerLink#publish(Message, String)} wants it */
    void publish(Message message, String name, Runnable whenSafe) {
        waiting.addLast(new Entry(numbers++, message, name, whenSafe));
        send();
    }

    private void send() {
        while (open && !paused && inFlight.size() < inFlightMax && !waiting.isEmpty()) {
            Entry entry = waiting.removeFirst();
            BrokerLink by = link;
            answeredMs = inFlight.isEmpty() ? thread.nowMs() : answeredMs;
            inFlight.put(entry.number, entry);
            by.publish(entry.message, entry.name)
                    .whenComplete((ok, failure) -> thread.execute(() -> settled(entry, by, failure)));
        }
    }

    private void settled(Entry entry, BrokerLink by, Throwable failure) {
        if (by != link || inFlight.remove(entry.number) == null) {
            return;
        }
        answeredMs = thread.nowMs();
        patienceMs = ANSWER_MS;
        if (failure == null) {
            backoff.reset();
            entry.whenSafe.run();
        } else if (failure instanceof BrokerException e && e.kind() == BrokerException.Kind.REJECTED) {
            log.trouble("the broker refuses a message for good, which is left out", entry.message.topic());
            entry.whenSafe.run();
        } else {
            putBack(entry);
            pause(failure);
        }
        send();
        if (hasRoom()) {
            whenRoom.run();
        }
    }

    /** Several may fail at once, and their answers come in any order. */
    private void putBack(Entry entry) {
        Deque<Entry> before = new ArrayDeque<>();
        while (!waiting.isEmpty() && waiting.peekFirst().number < entry.number) {
            before.addLast(waiting.removeFirst());
        }
        waiting.addFirst(entry);
        while (!before.isEmpty()) {
            waiting.addFirst(before.removeLast());
        }
    }

    private void pause(Throwable failure) {
        if (paused || !open) {
            return;
        }
        log.trouble("the broker does not take messages now; the mesh keeps them", failure.getMessage());
        paused = true;
        thread.schedule(backoff.nextMs(), () -> {
            paused = false;
            send();
            if (hasRoom()) {
                whenRoom.run();
            }
        });
    }
}
