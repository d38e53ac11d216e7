// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Message;
import io.streamrelay.mqtt.broker.BrokerException;
import io.streamrelay.mqtt.broker.BrokerLink;
import io.streamrelay.mqtt.broker.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How the bridges of one broker know of each other: by retained messages under {@code streamrelay/bridges/}, each with
 * a last will that clears it. Lives on the bridge's thread.
 *
 * <ul>
 *   <li>{@code PEER/NAME} is a bridge's {@link Announcement}
 *   <li>{@code PEER/NAME/sent} notes a publication that others could not tell from an application's
 *   <li>{@code broker} is a name of the broker itself, made up by the first bridge on it
 * </ul>
 */
final class Presence {

    private static final String ROOT = Route.RESERVED + "bridges/";
    private static final String BROKER = "broker";
    private static final String SENT = "/sent";
    private static final Subscription ALL = new Subscription(ROOT + "#", 1, Subscription.Kind.BRIDGES);

    /** How long nothing more must be heard before it is believed that all has been. Our own choice. */
    private static final long QUIET_MS = 250;

    /**
     * How long after it has been told a bridge asks once more who is there: Artemis may take what is published at the
     * moment of a subscription neither for live nor for retained. Our own choice.
     */
    private static final long AGAIN_MS = 100;

    /** How long a bridge waits for its own announcement to come back. Our own choice. */
    static final long WAIT_MS = 3000;

    /** How often a bridge says again that it is there. Our own choice. */
    static final long REPEAT_MS = 60_000;

    private static final long RETRY_MS = 1000;

    /** Who acts on what is heard of other bridges. */
    interface Listener {
        /**
         * This connection has caught up with who is there, as far as it can be known.
         *
         * @param forgotten whether the broker has nothing retained of an earlier time, whatever it says of the session
         */
        void caughtUp(boolean forgotten);

        /** Who is there has changed. */
        void changed();

        /** Another bridge has published this on the broker. */
        void published(Note note);
    }

    private final String self;
    private final Responsibility responsibility;
    private final BrokerMarks marks;
    private final Undisputed undisputed;
    private final BridgeThread thread;
    private final StateLog log;
    private final Listener listener;
    private Announcement own;
    private StartGate gate;
    private BrokerLink link;
    private int attempt;
    private int caughtUp;
    /** Whether this connection's subscription is confirmed. */
    private boolean subscribed;
    /** Whether it has then brought the own announcement: all that is retained has come. */
    private boolean answered;
    /** Whether it has then been asked once more, and has confirmed that. */
    private boolean answeredAgain;
    /** Whether it has brought the broker's name. */
    private boolean named;

    private long announcedMs;
    private long heardMs;

    Presence(
            String self,
            Announcement own,
            Undisputed undisputed,
            BridgeThread thread,
            StateLog log,
            Listener listener) {
        this.self = self;
        this.own = own;
        this.undisputed = undisputed;
        this.responsibility = new Responsibility(self, own);
        this.marks = new BrokerMarks();
        this.thread = thread;
        this.log = log;
        this.listener = listener;
        this.gate = new StartGate(self, responsibility);
    }

    /** The topic that a last will has to clear. */
    static String topicOf(String bridge) {
        return ROOT + bridge;
    }

    static boolean isAbout(String topic) {
        return topic.startsWith(ROOT);
    }

    Responsibility responsibility() {
        return responsibility;
    }

    BrokerMarks marks() {
        return marks;
    }

    /**
     * Runs what a message needs in its turn: at once, or when it is known who is there; or, when the connection goes
     * before that, the other task.
     */
    void inTurn(Runnable task, Runnable whenDropped) {
        gate.pass(task, whenDropped);
    }

    /** Asks who is there and says who this is. */
    void connected(BrokerLink connectedLink, boolean sessionPresent, Announcement announcement) {
        link = connectedLink;
        own = announcement;
        responsibility.own(announcement);
        int mine = ++attempt;
        subscribed = false;
        answered = false;
        answeredAgain = false;
        named = false;
        if (!sessionPresent) {
            responsibility.forget(thread.nowMs());
            gate.lost();
            gate = new StartGate(self, responsibility);
            undisputed.ends();
        } else if (!gate.isOpen()) {
            goOn();
        }
        announce();
        link.subscribe(ALL)
                .whenComplete((ok, failure) -> thread.execute(() -> {
                    if (mine == attempt) {
                        subscribed(failure);
                    }
                }));
        thread.schedule(WAIT_MS, () -> {
            if (mine == attempt) {
                catchUp();
            }
        });
    }

    /** After a restart: what the session tells goes on from where it ended. */
    private void goOn() {
        List<String> names = undisputed.marks(own);
        if (names.isEmpty()) {
            // It may have been for other routes.
            undisputed.ends();
            return;
        }
        names.forEach(marks::learn);
        responsibility.goesOn(thread.nowMs());
        gate.open();
    }

    private void subscribed(Throwable failure) {
        if (failure == null) {
            subscribed = true;
            // Now it comes back for sure. The first one may have been too early for that, and too late to be retained.
            announce();
        } else {
            log.trouble("other bridges on this broker cannot be seen", failure.getMessage());
            catchUp();
        }
    }

    void lost() {
        attempt++;
        link = null;
        responsibility.lost(thread.nowMs());
        gate.lost();
    }

    /** Tells the others of other routes. */
    void announce(Announcement announcement) {
        own = announcement;
        undisputed.ends();
        responsibility.own(announcement);
        if (link != null) {
            announce();
        }
    }

    private void announce() {
        int mine = attempt;
        announcedMs = thread.nowMs();
        publish(topicOf(self), own.encode(), 1).whenComplete((ok, failure) -> {
            if (failure != null) {
                thread.execute(() -> announceAgain(mine, failure));
            }
        });
    }

    private void announceAgain(int failed, Throwable failure) {
        log.trouble("other bridges cannot be told of this one", failure.getMessage());
        boolean busy = failure instanceof BrokerException e && e.kind() == BrokerException.Kind.BUSY;
        thread.schedule(RETRY_MS, () -> {
            if (busy && link != null && failed == attempt) {
                announce();
            }
        });
    }

    /** To be called about once a second: says again that this bridge is there, and gives up those that do not. */
    void tick() {
        long nowMs = thread.nowMs();
        if (link == null || caughtUp != attempt) {
            return;
        }
        if (nowMs - announcedMs >= REPEAT_MS) {
            announcedMs = nowMs;
            // Not to be queued for those who are away.
            publish(topicOf(self), own.encode(), 0);
        }
        if (responsibility.giveUpSilent(nowMs)) {
            listener.changed();
        }
        keepIfUndisputed();
    }

    private void keepIfUndisputed() {
        if (answeredAgain && responsibility.isUndisputed()) {
            undisputed.holds(own, marks.all());
        }
    }

    private CompletionStage<Void> publish(String topic, byte[] payload, int qos) {
        return link.publish(new Message(topic, payload, qos, true, null, List.of()));
    }

    /** Takes the announcement back; completes when the broker knows, or the link has failed. */
    CompletionStage<Void> leave() {
        return link == null
                ? CompletableFuture.completedFuture(null)
                : publish(topicOf(self), new byte[0], 1).handle((ok, failure) -> null);
    }

    /** A note of a publication that other bridges would take for an application's; to be published before it. */
    Message messageOf(Note note) {
        return new Message(topicOf(self) + SENT, note.encode(), 1, false, null, List.of());
    }

    /** A message under {@code streamrelay/bridges/} came. */
    void heard(Message message) {
        String about = message.topic().substring(ROOT.length());
        if (about.equals(BROKER)) {
            named = true;
            marks.learn(new String(message.payload(), StandardCharsets.UTF_8));
        } else if (about.endsWith(SENT)) {
            heardSent(about, message);
        } else if (about.indexOf('/') > 0) {
            heardBridge(about, message);
        }
    }

    private void heardSent(String about, Message message) {
        if (about.startsWith(self + "/")) {
            return;
        }
        try {
            listener.published(Note.decode(message.payload()));
        } catch (IllegalArgumentException e) {
            log.trouble("a note of another bridge cannot be read", about + ": " + e.getMessage());
        }
    }

    private void heardBridge(String bridge, Message message) {
        Optional<Announcement> announcement =
                message.payload().length == 0 ? Optional.empty() : Announcement.decode(message.payload());
        long nowMs = thread.nowMs();
        heardMs = nowMs;
        if (!bridge.equals(self)
                && announcement.filter(other -> other.disputes(own)).isPresent()) {
            // Before the broker is told that this has been heard.
            undisputed.ends();
        }
        if (message.retained() && announcement.isPresent()) {
            gate.wasThere(bridge, announcement.get(), nowMs);
        } else if (announcement.isPresent()) {
            gate.came(bridge, announcement.get(), nowMs);
        } else {
            gate.went(bridge, nowMs);
        }
        if (bridge.equals(self) && announcement.isPresent() && subscribed && !answered) {
            answered = true;
            int mine = attempt;
            thread.schedule(AGAIN_MS, () -> askAgain(mine));
        }
        listener.changed();
    }

    private void askAgain(int mine) {
        if (mine == attempt && link != null) {
            link.subscribe(ALL)
                    .whenComplete((ok, failure) -> thread.execute(() -> {
                        if (mine == attempt) {
                            answeredAgain = true;
                            heardMs = thread.nowMs();
                            catchUpWhenQuiet(mine);
                        }
                    }));
        }
    }

    /** Brokers answer with what is retained in any order, but in one go, and before what is published afterwards. */
    private void catchUpWhenQuiet(int mine) {
        thread.schedule(QUIET_MS, () -> {
            if (mine == attempt && thread.nowMs() - heardMs >= QUIET_MS) {
                catchUp();
            } else if (mine == attempt && caughtUp != attempt) {
                catchUpWhenQuiet(mine);
            }
        });
    }

    private void catchUp() {
        if (link == null || caughtUp == attempt) {
            return;
        }
        caughtUp = attempt;
        responsibility.listenAgain(thread.nowMs());
        boolean forgotten = answeredAgain && !named;
        marks.propose()
                .or(() -> forgotten ? marks.latest() : Optional.empty())
                .ifPresent(mark -> publish(ROOT + BROKER, mark.getBytes(StandardCharsets.UTF_8), 1));
        if (!gate.isOpen()) {
            gate.open();
        }
        listener.caughtUp(forgotten);
        // At once, for its life may be short.
        keepIfUndisputed();
    }
}
