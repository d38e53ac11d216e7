// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways with Kura, each with a broker, configured through forms alone. */
class KuraGatewayIT {

    private static final String KEY = "the members' passphrase, with - and ,";
    private static final int ATTEMPTS = 60;

    @TempDir
    Path folder;

    private LocalBroker here;
    private LocalBroker there;
    private KuraGateway sender;
    private KuraGateway receiver;

    @BeforeEach
    void startBoth() throws Exception {
        here = LocalBroker.started(folder.resolve("broker-here"));
        there = LocalBroker.started(folder.resolve("broker-there"));
        sender = new KuraGateway(folder.resolve("here"));
        receiver = new KuraGateway(folder.resolve("there"), sender.endpoint());
        sender.start();
        receiver.start();
    }

    @AfterEach
    void stopBoth() throws Exception {
        sender.close();
        receiver.close();
        here.close();
        there.close();
    }

    private static void join(KuraGateway gateway, LocalBroker broker) throws Exception {
        join(gateway, broker, "fields");
    }

    /** @param name of a subcluster, and of what is above its topics */
    private static void join(KuraGateway gateway, LocalBroker broker, String name) throws Exception {
        gateway.create(KuraGateway.SUBCLUSTER, name, Map.of("name", name, "sharedKey", KEY + name));
        gateway.create(
                KuraGateway.BRIDGE,
                name + "-bridge",
                Map.of(
                        "broker",
                        broker.url(),
                        "username",
                        LocalBroker.USER,
                        "password",
                        LocalBroker.PASSWORD,
                        "subcluster",
                        name,
                        "routes",
                        new String[] {name + "/# both 1"}));
    }

    private static void awaitPath(LocalBroker from, BlockingQueue<String> heard) throws Exception {
        from.clients().awaitPath("fields/path", heard);
    }

    private static String next(BlockingQueue<String> heard) throws InterruptedException {
        return MqttClients.next(heard);
    }

    @Test
    void carryMessagesWithWhatFormsSay() throws Exception {
        join(sender, here);
        join(receiver, there);
        Set<String> all = Set.of("fields", "fields-bridge", KuraGateway.NODE, KuraGateway.STATUS_PAGE);
        KuraGateway.await(
                "all of it in the list of services", () -> sender.kura().shown().equals(all));
        BlockingQueue<String> heard = there.listen("fields/#");
        awaitPath(here, heard);
        here.publish("fields/temperature", "21.5");
        assertEquals("fields/temperature 21.5", next(heard));
    }

    @Test
    void changesApplyAtOnceAndWhatChangesNothingDoesNothing() throws Exception {
        Object before = sender.relay();
        assertNotNull(before);
        sender.kura().update(KuraGateway.NODE, Map.of());
        sender.kura().update(KuraGateway.NODE, Map.of("port", 70_000));
        join(sender, here);
        join(receiver, there);
        BlockingQueue<String> heard = there.listen("fields/#", "more/#");
        awaitPath(here, heard);
        assertEquals(before, sender.relay(), "the node was opened again");

        sender.kura().update("fields-bridge", Map.of("routes", new String[] {"fields/# both 1", "more/# both 1"}));
        receiver.kura().update("fields-bridge", Map.of("routes", new String[] {"fields/# both 1", "more/# both 1"}));
        String rain = null;
        for (int attempt = 0; attempt < ATTEMPTS && rain == null; attempt++) {
            here.publish("more/rain", "yes");
            rain = heard.poll(1, TimeUnit.SECONDS);
        }
        assertEquals("more/rain yes", rain);
        sender.kura().update(KuraGateway.NODE, settingsWithout("clusterId"));
        assertEquals(before, sender.relay(), "the node was opened again");
    }

    /** What a form leaves empty is not there. */
    private static Map<String, Object> settingsWithout(String key) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(key, null);
        return settings;
    }

    @Test
    void keepIdentityAndMessagesThoughTheFrameworkForgets() throws Exception {
        join(sender, here);
        join(receiver, there);
        BlockingQueue<String> heard = there.listen("fields/#");
        awaitPath(here, heard);
        String senders = sender.peerId();
        String receivers = receiver.peerId();
        receiver.close();
        for (int i = 0; i < 5; i++) {
            here.publish("fields/away", Integer.toString(i));
        }
        // What the bridge has not acknowledged yet its broker keeps for it.
        sender.close();
        sender.start();
        receiver.start();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(next(heard));
        }
        // What it had not taken yet Mosquitto 2.0.11 may bring a client that returns in another order.
        Collections.sort(all);
        assertEquals(List.of("fields/away 0", "fields/away 1", "fields/away 2", "fields/away 3", "fields/away 4"), all);
        assertNull(heard.poll(500, TimeUnit.MILLISECONDS));
        assertEquals(senders, sender.peerId());
        assertEquals(receivers, receiver.peerId());
    }

    @Test
    void waitForABrokerThatIsSwitchedOffAndHearOfItLater() throws Exception {
        LocalBroker late = LocalBroker.absent(folder.resolve("broker-late"));
        try (late) {
            join(sender, here);
            join(receiver, late);
            late.start();
            BlockingQueue<String> heard = late.listen("fields/#");
            awaitPath(here, heard);
        }
    }

    @Test
    void aCopiedSnapshotIsAnotherNode() throws Exception {
        String one = sender.peerId();
        try (KuraGateway copy = new KuraGateway(folder.resolve("copy"))) {
            copy.start();
            assertNotEquals(one, copy.peerId());
        }
    }

    @Test
    void areAfterARollbackWhatTheSnapshotSays() throws Exception {
        join(sender, here);
        join(receiver, there);
        BlockingQueue<String> heard = there.listen("fields/path");
        awaitPath(here, heard);
        String identity = sender.peerId();
        int port = sender.udpPort();
        Set<String> before = sender.kura().shown();
        KuraSnapshot snapshot = sender.snapshot();

        int other = KuraGateway.freePort();
        sender.update(KuraGateway.NODE, Map.of("port", other, "keepAliveSeconds", 3));
        KuraGateway.await("a node at another port", () -> sender.udpPort() == other);
        sender.update("fields-bridge", Map.of("routes", new String[] {"meadows/# both 1", "fields/back in 1"}));
        join(sender, here, "more");
        join(receiver, there, "more");
        BlockingQueue<String> more = there.listen("more/#");
        here.clients().awaitPath("more/path", more);

        BlockingQueue<String> back = here.listen("fields/back");
        sender.rollback(snapshot);
        there.publish("fields/back", "meanwhile");
        KuraGateway.await(
                "what the snapshot has, and nothing else",
                () -> sender.kura().shown().equals(before));
        assertEquals("fields/back meanwhile", next(back));
        assertIsAsBefore(identity, port, heard);
        here.publish("more/late", "too late");
        assertNull(more.poll(500, TimeUnit.MILLISECONDS));

        sender.close();
        sender.start();
        assertIsAsBefore(identity, port, heard);
        assertEquals(before, sender.kura().shown());
        assertNull(back.poll(), "what was there comes again");
    }

    private void assertIsAsBefore(String identity, int port, BlockingQueue<String> heard) throws Exception {
        awaitPath(here, heard);
        KuraGateway.await("a node at its port of before", () -> sender.udpPort() == port);
        assertEquals(identity, sender.peerId());
    }
}
