// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kura's own broker is one gateway's local one, with the settings that the README gives; another has a Mosquitto. */
class KurasBrokerIT {

    private static final int COUNT = 5;

    /** No bridge carries it. */
    private static final String LOCAL = "local";

    @TempDir
    Path folder;

    private LocalBroker here;
    private KurasBroker there;
    private KuraGateway sender;
    private KuraGateway receiver;

    @BeforeEach
    void startBoth() throws Exception {
        here = LocalBroker.started(folder.resolve("broker-here"));
        there = new KurasBroker(folder.resolve("broker-there"));
        sender = new KuraGateway(folder.resolve("here"));
        receiver = new KuraGateway(folder.resolve("there"), sender.endpoint());
        sender.start();
        receiver.start();
        bridge(sender, here.url(), LocalBroker.USER, LocalBroker.PASSWORD);
    }

    @AfterEach
    void stopBoth() throws Exception {
        sender.close();
        receiver.close();
        here.close();
        there.close();
    }

    private static void bridge(KuraGateway gateway, String broker, String user, String password) throws Exception {
        gateway.create(
                KuraGateway.SUBCLUSTER, "fields", Map.of("name", "fields", "sharedKey", "the members' passphrase"));
        gateway.create(
                KuraGateway.BRIDGE,
                "fields-bridge",
                Map.of(
                        "broker",
                        broker,
                        "username",
                        user,
                        "password",
                        password,
                        "subcluster",
                        "fields",
                        "routes",
                        new String[] {"fields/# both 1"}));
    }

    private void bridgeThere() throws Exception {
        bridge(receiver, there.url(), KurasBroker.USER, KurasBroker.PASSWORD);
    }

    private void awaitPathsBothWays() throws Exception {
        here.clients().awaitPath("fields/there", there.clients().listen("fields/there"));
        there.clients().awaitPath("fields/here", here.listen("fields/here"));
    }

    /** What comes from now on, once the broker has it that somebody listens. */
    private static BlockingQueue<String> listening(MqttClients at, String... topics) throws Exception {
        List<String> all = new ArrayList<>(List.of(topics));
        all.add(LOCAL);
        BlockingQueue<String> heard = at.listen(all.toArray(String[]::new));
        at.awaitPath(LOCAL, heard);
        return heard;
    }

    private static List<String> published(MqttClients by, String topic, int from) throws Exception {
        List<String> published = new ArrayList<>();
        for (int i = from; i < from + COUNT; i++) {
            by.publish(topic, Integer.toString(i));
            published.add(topic + " " + i);
        }
        return published;
    }

    /** All of it in order, and nothing else. */
    private static void assertHeard(List<String> expected, BlockingQueue<String> heard) throws Exception {
        List<String> all = new ArrayList<>();
        while (all.size() < expected.size()) {
            all.add(MqttClients.next(heard));
        }
        assertEquals(expected, all);
        assertNull(heard.poll(500, TimeUnit.MILLISECONDS), "something comes twice");
    }

    @Test
    void isWaitedForAndCarriesBothWaysOnceEach() throws Exception {
        bridgeThere();
        there.start();
        there.enable();
        awaitPathsBothWays();
        // Who has published something must not get it back.
        BlockingQueue<String> heardHere = listening(here.clients(), "fields/up", "fields/down");
        BlockingQueue<String> heardThere = listening(there.clients(), "fields/up", "fields/down");
        List<String> all = published(here.clients(), "fields/up", 0);
        assertHeard(all, heardThere);
        assertHeard(all, heardHere);
        all = published(there.clients(), "fields/down", 0);
        assertHeard(all, heardThere);
        assertHeard(all, heardHere);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void losesItsMemoryAndNothingThatComesFromElsewhere(boolean withKura) throws Exception {
        there.start();
        there.enable();
        bridgeThere();
        awaitPathsBothWays();
        if (withKura) {
            there.kill();
        } else {
            there.disable();
        }
        List<String> meanwhile = published(here.clients(), "fields/away", 0);
        there.start();
        BlockingQueue<String> heard = listening(there.clients(), "fields/away");
        there.enable();
        assertHeard(meanwhile, heard);
        BlockingQueue<String> backHere = here.listen("fields/back");
        there.clients().awaitPath("fields/back", backHere);
        assertHeard(published(there.clients(), "fields/back", 0), backHere);
        assertHeard(published(here.clients(), "fields/away", COUNT), heard);
    }

    @Test
    void letsInWhoCorrectsAPasswordInTheForm() throws Exception {
        there.start();
        there.enable();
        bridge(receiver, there.url(), KurasBroker.USER, "mistyped");
        BlockingQueue<String> heard = listening(there.clients(), "fields/early");
        List<String> early = published(here.clients(), "fields/early", 0);
        assertNull(heard.poll(2, TimeUnit.SECONDS));
        receiver.update("fields-bridge", Map.of("password", KurasBroker.PASSWORD));
        assertHeard(early, heard);
    }

    @Test
    void carriesWhatApplicationsHaveItRetain() throws Exception {
        there.start();
        there.enable();
        there.clients().retain("fields/state/before", "on");
        bridgeThere();
        awaitPathsBothWays();
        there.clients().retain("fields/state/live", "on");
        there.clients().retain("fields/state/live", "off");
        BlockingQueue<String> later = here.listen("fields/state/before");
        assertEquals("fields/state/before on", MqttClients.next(later));
        BlockingQueue<String> live = here.listen("fields/state/live");
        String state = MqttClients.next(live);
        while ("fields/state/live on".equals(state)) {
            state = MqttClients.next(live);
        }
        assertEquals("fields/state/live off", state);
    }
}
