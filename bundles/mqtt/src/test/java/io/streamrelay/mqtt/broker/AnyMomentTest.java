// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Messages of QoS 2 that come and go by one connection, which is cut at any moment: also while the client library is
 * about to keep a publication, and while it connects. {@code -Dcuts=1000 -DcutSeed=7} does it for longer.
 */
class AnyMomentTest {

    private static final int CUTS = Integer.getInteger("cuts", 10);
    private static final long SEED = Long.getLong("cutSeed", 1);
    private static final long SECONDS = 90;
    private static final long HANG_SECONDS = 10;
    private static final long PAUSE_MS = 300;
    private static final int APART_MS_MAX = 150;

    /** With more on the way than {@link Custody#MAX} the relay's link gives its connection up, and it is not cut any more. */
    private static final int ON_THE_WAY_MAX = Custody.MAX / 4;

    private static final String IN = "t/in";
    private static final String OUT = "t/out";

    @TempDir
    private Path folder;

    private final CountDownLatch ended = new CountDownLatch(1);

    private static <T> T await(CompletionStage<T> stage, long seconds) throws Exception {
        return stage.toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    }

    private static Message message(String topic, String text) {
        return new Message(topic, text.getBytes(UTF_8), 2, false, null, List.of());
    }

    private static String text(Arrival arrival) {
        return new String(arrival.message().payload(), UTF_8);
    }

    private BrokerOptions options(String url, String name) {
        return new BrokerOptions(url, "", "", name, TlsOptions.standard(), Will.clearing("will/" + name));
    }

    /** A client whose connection nobody cuts. */
    private final class Steady implements BrokerEvents {

        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final BrokerLink link;

        Steady(String url, String name) throws Exception {
            link = new PahoLinks(folder.resolve(name)).open(options(url, name), MqttVersion.FIVE, this);
            await(link.connect(), SECONDS);
        }

        @Override
        public void arrived(Arrival arrival) {
            heard.add(text(arrival));
            arrival.acknowledge();
        }

        @Override
        public void lost(String reason) {
            heard.add("lost: " + reason);
        }
    }

    /** Does with a link what a bridge does, but connects again at once. */
    private final class Relay extends Thread {

        private final PahoLinks links = new PahoLinks(folder.resolve("relay"));
        private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
        private final Semaphore connected = new Semaphore(0);
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final BrokerOptions options;
        private final MqttVersion version;
        private BrokerLink link;
        private Semaphore losses;
        private boolean subscribed;

        Relay(String url, MqttVersion version) throws Exception {
            options = options(url, "relay");
            this.version = version;
            renew();
            connect();
            await(link.subscribe(new Subscription(IN, 2, Subscription.Kind.APPLICATIONS)), SECONDS);
            subscribed = true;
        }

        private void renew() throws BrokerException {
            Semaphore mine = new Semaphore(0);
            losses = mine;
            link = links.open(options, version, new BrokerEvents() {
                @Override
                public void arrived(Arrival arrival) {
                    arrivals.add(arrival);
                }

                @Override
                public void lost(String reason) {
                    mine.release();
                }
            });
        }

        private void connect() throws Exception {
            long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            // The client library is busy with the connection that was cut for a while, on a slow disk above all.
            while (ended.await(PAUSE_MS, TimeUnit.MILLISECONDS) || !isConnected()) {
                assertTrue(System.nanoTime() - untilNs < 0, "it does not connect");
                link.close();
                renew();
            }
            connected.release();
        }

        private boolean isConnected() throws Exception {
            try {
                boolean sessionPresent = await(link.connect(), HANG_SECONDS).sessionPresent();
                assertTrue(sessionPresent || !subscribed, "the broker has forgotten the session");
                return true;
            } catch (ExecutionException | TimeoutException e) {
                return false;
            }
        }

        @Override
        public void run() {
            try {
                while (ended.getCount() > 0) {
                    Arrival next = arrivals.poll(20, TimeUnit.MILLISECONDS);
                    if (next != null) {
                        relay(next);
                    } else if (losses.tryAcquire()) {
                        connect();
                    }
                }
                await(link.disconnect(), SECONDS);
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        }

        private void relay(Arrival arrival) throws Exception {
            BrokerLink by = link;
            CompletionStage<Void> published = publish(text(arrival));
            for (boolean safe = false; !safe; ) {
                try {
                    published.toCompletableFuture().get(20, TimeUnit.MILLISECONDS);
                    safe = true;
                } catch (ExecutionException e) {
                    assertTrue(losses.tryAcquire(SECONDS, TimeUnit.SECONDS), "it is not taken: " + e);
                    connect();
                    by = link;
                    published = publish(text(arrival));
                } catch (TimeoutException e) {
                    if (losses.tryAcquire()) {
                        connect();
                    }
                    if (by != link) {
                        by = link;
                        published = publish(text(arrival));
                    }
                }
            }
            arrival.acknowledge();
        }

        private CompletionStage<Void> publish(String text) {
            return link.publish(message(OUT, text), "name of " + text);
        }
    }

    private static void publishUntil(
            CountDownLatch end, Steady sensor, Steady reader, CompletableFuture<Integer> count) {
        try {
            int next = 0;
            while (end.getCount() > 0) {
                if (next - reader.heard.size() < ON_THE_WAY_MAX) {
                    await(sensor.link.publish(message(IN, Integer.toString(next++))), SECONDS);
                } else {
                    end.await(20, TimeUnit.MILLISECONDS);
                }
            }
            count.complete(next);
        } catch (Exception e) {
            count.completeExceptionally(e);
        }
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void carriesAllOnceAndInOrderWheneverItIsCut(MqttVersion version) throws Exception {
        Random random = new Random(SEED);
        // With a limit in flight, Mosquitto 2.0 may hand over a new message before those that it has queued; it
        // discards
        // what comes beyond the limit of its queue, 1000, as it does when the relay connects slowly.
        try (Mosquitto broker = new Mosquitto(folder, "max_inflight_messages 0", "max_queued_messages 0");
                CuttableProxy line = new CuttableProxy(broker.port())) {
            Steady reader = new Steady(broker.url(), "reader");
            await(reader.link.subscribe(new Subscription(OUT, 2, Subscription.Kind.APPLICATIONS)), SECONDS);
            Relay relay = new Relay(line.url(), version);
            relay.start();
            Steady sensor = new Steady(broker.url(), "sensor");
            CountDownLatch cutEnough = new CountDownLatch(1);
            CompletableFuture<Integer> count = new CompletableFuture<>();
            new Thread(() -> publishUntil(cutEnough, sensor, reader, count)).start();

            for (int cut = 0; cut < CUTS; cut++) {
                assertTrue(relay.connected.tryAcquire(SECONDS, TimeUnit.SECONDS), "it does not connect");
                cutEnough.await(random.nextInt(APART_MS_MAX), TimeUnit.MILLISECONDS);
                line.cut();
            }
            cutEnough.countDown();

            List<String> all = IntStream.range(0, await(count, SECONDS))
                    .mapToObj(Integer::toString)
                    .toList();
            List<String> heard = new ArrayList<>();
            String next = "";
            while (next != null) {
                next = reader.heard.poll(heard.size() < all.size() ? SECONDS * 1000 : 300, TimeUnit.MILLISECONDS);
                if (next != null) {
                    heard.add(next);
                }
            }
            ended.countDown();
            await(relay.done, SECONDS);
            await(reader.link.disconnect(), SECONDS);
            await(sensor.link.disconnect(), SECONDS);
            assertEquals(all, heard, () -> "seed " + SEED);
        }
    }
}
