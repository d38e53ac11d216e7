// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.command;

import io.streamrelay.api.Id;
import io.streamrelay.api.Interest;
import io.streamrelay.api.Received;
import io.streamrelay.api.Registration;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.TopicFilter;
import io.streamrelay.console.text.Json;
import io.streamrelay.console.text.Printable;
import io.streamrelay.console.view.Span;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Shows messages as they come. The thread that runs it writes: a slow terminal holds up nobody else. */
public final class Listening {

    /** A guess: a burst fits; what a terminal cannot follow is counted. */
    private static final int WAITING_MAX = 1_000;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    /**
     * When it ends, and how it writes.
     *
     * @param count after so many messages; 0 = never for that
     * @param seconds after so long; 0 = never for that
     * @param json whether each message is a line of JSON
     */
    public record Until(int count, int seconds, boolean json) {

        public Until {
            if (count < 0 || seconds < 0) {
                throw new IllegalArgumentException("count and seconds: 0 or more is allowed");
            }
        }

        private long deadlineNs(long nowNs) {
            return nowNs + (seconds == 0 ? Long.MAX_VALUE / 2 : TimeUnit.SECONDS.toNanos(seconds));
        }
    }

    /** What {@code --json} gives of each; the payload is in Base64, for it may be anything. */
    record Heard(String topic, String payload, String text, String message, String sender, boolean local, long ageMs) {}

    private final Subcluster subcluster;
    private final String filter;
    private final Consumer<String> out;
    private final BlockingQueue<Received> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final AtomicLong missed = new AtomicLong();

    /**
     * @param filter a topic filter, or null for all topics
     * @throws IllegalArgumentException when it is no filter
     */
    Listening(Subcluster subcluster, String filter, Consumer<String> out) {
        if (filter != null && !TopicFilter.isFilter(filter)) {
            throw new IllegalArgumentException(
                    "'" + filter + "' is no topic filter; one as demo/# or +/temperature is");
        }
        this.subcluster = subcluster;
        this.filter = filter;
        this.out = out;
    }

    /** Returns when it is over; the thread's interrupt is taken as the wish to end. */
    void run(Until until) {
        try (Registration listening = subcluster.listen(interest(), this::heard)) {
            show(until);
        } catch (InterruptedException e) {
            // Ctrl-C: the shell goes on with its next command.
        }
        if (missed.get() > 0 && !until.json()) {
            out.accept(missed.get() + " messages came faster than they could be shown");
        }
    }

    /** Raw events go by their exact names alone: others' names cannot be read. */
    private Interest interest() {
        if (filter == null) {
            return Interest.inTopics(topic -> true);
        }
        Set<String> events = TopicFilter.isTopic(filter) ? Set.of(filter) : Set.of();
        return new Interest(events, topic -> TopicFilter.matches(filter, topic));
    }

    private void heard(Received message) {
        if (!waiting.offer(message)) {
            missed.incrementAndGet();
        }
    }

    private void show(Until until) throws InterruptedException {
        long deadlineNs = until.deadlineNs(System.nanoTime());
        int shown = 0;
        while (until.count() == 0 || shown < until.count()) {
            Received message = waiting.poll(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (message == null) {
                return;
            }
            out.accept(until.json() ? Json.line(data(message)) : line(message));
            shown++;
        }
    }

    private static String line(Received message) {
        String late =
                message.ageMs() >= TimeUnit.SECONDS.toMillis(1) ? "  (" + Span.time(message.ageMs()) + " old)" : "";
        return TIME.format(LocalTime.now().truncatedTo(ChronoUnit.SECONDS))
                + "  " + Printable.text(message.message().topic())
                + "  " + Printable.payload(message.message().payload())
                + "  [" + sender(message) + "]" + late;
    }

    private static String sender(Received message) {
        if (message.local()) {
            return "this gateway";
        }
        return message.origin().map(origin -> origin.sender().shortHex()).orElse("a member");
    }

    private static Heard data(Received message) {
        return new Heard(
                message.message().topic(),
                Base64.getEncoder().encodeToString(message.message().payload()),
                Printable.payload(message.message().payload()),
                message.packetId().hex(),
                message.origin().map(origin -> origin.sender()).map(Id::hex).orElse(null),
                message.local(),
                message.ageMs());
    }
}
