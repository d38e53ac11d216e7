// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamrelay.itests.interop.PeerProcess;
import io.streamrelay.itests.network.field.Mosquitto;
import io.streamrelay.itests.network.process.JavaProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Who publishes on one host and who listens on the other: MQTT clients, or reference peers, which obey the same. */
final class Ends {

    private static final long LOOK_MS = 50;
    private static final List<String> JAVA_OPTIONS = List.of("-Xmx512m");

    private final PeerProcess talker;
    private final PeerProcess listener;
    private final ObjectNode where;
    private int next;

    /** @param where what the talker is told of each load but its size */
    private Ends(PeerProcess talker, PeerProcess listener, ObjectNode where) {
        this.talker = talker;
        this.listener = listener;
        this.where = where;
    }

    /** Two clients of the brokers on these hosts; the second host's is up. */
    static Ends mqtt(Stage stage, String topic) {
        ObjectNode where = PeerProcess.options()
                .put("broker", "tcp://127.0.0.1:" + Mosquitto.PORT)
                .put("topic", topic);
        PeerProcess talker = JavaProcess.start(stage.here(), LoadClient.class, JAVA_OPTIONS, Map.of());
        PeerProcess listener = JavaProcess.start(stage.there(), LoadClient.class, JAVA_OPTIONS, Map.of());
        listener.ask("note", where.deepCopy());
        return new Ends(talker, listener, where);
    }

    /** Two reference peers, members of that subcluster. */
    static Ends reference(PeerProcess talker, PeerProcess listener, String subcluster, String event) {
        ObjectNode where = PeerProcess.options().put("subcluster", subcluster).put("event", event);
        listener.ask("note", where.deepCopy());
        return new Ends(talker, listener, where);
    }

    /** Waits until single messages, one right after the other, come out at the other side. */
    void awaitFirst(Duration patience) throws InterruptedException {
        Load one = new Load(1, 0, Duration.ofMillis(2 * LOOK_MS), Duration.ZERO);
        long deadlineNs = System.nanoTime() + patience.toNanos();
        String last = "nothing came";
        while (System.nanoTime() - deadlineNs < 0) {
            try {
                if (carry(one).isComplete()) {
                    return;
                }
            } catch (IllegalStateException e) {
                // Its broker is not up yet.
                last = e.getMessage();
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
        }
        throw new IllegalStateException("no message has crossed within " + patience.toSeconds() + " s: " + last);
    }

    /** Publishes a load and notes what comes of it. */
    Outcome carry(Load load) throws InterruptedException {
        Outcome outcome = new Outcome(next, load.count());
        talker.ask(
                "publish",
                where.deepCopy()
                        .put("first", next)
                        .put("count", load.count())
                        .put("bytes", Load.BYTES)
                        .put("perSecond", load.perSecond()));
        next += load.count();
        boolean published = false;
        long newsNs = System.nanoTime();
        while (!published || System.nanoTime() - newsNs < wait(load, outcome).toNanos()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            if (note(outcome) || !published) {
                newsNs = System.nanoTime();
            }
            published = published || isPublished(outcome);
        }
        return outcome;
    }

    private static Duration wait(Load load, Outcome outcome) {
        return outcome.isComplete() ? load.afterwards() : load.patience();
    }

    private boolean isPublished(Outcome outcome) {
        JsonNode state = talker.ask("published", PeerProcess.options());
        if (!state.get("done").asBoolean()) {
            return false;
        }
        JsonNode times = state.get("publishedNs");
        long[] publishedNs = new long[times.size()];
        for (int i = 0; i < publishedNs.length; i++) {
            publishedNs[i] = times.get(i).asLong();
        }
        outcome.published(publishedNs);
        return true;
    }

    /** Whether anything has come. */
    private boolean note(Outcome outcome) {
        JsonNode noted = listener.ask("noted", PeerProcess.options());
        JsonNode numbers = noted.get("numbers");
        for (int i = 0; i < numbers.size(); i++) {
            outcome.arrived(
                    numbers.get(i).asInt(), noted.get("arrivedNs").get(i).asLong());
        }
        return !numbers.isEmpty();
    }
}
