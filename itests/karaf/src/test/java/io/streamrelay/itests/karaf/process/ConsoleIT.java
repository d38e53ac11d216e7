// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What an operator types into the console. */
@Order(7)
class ConsoleIT {

    @Test
    void answersEveryCommand() throws Exception {
        Console console = new Console(GatewayHome.fresh("commands"), PortOffset.free());
        try (GatewayProcess gateway = GatewayProcess.start(console.home(), console.offset())) {
            ReadyLine ready = gateway.awaitReady();
            String peer = ready.peerId().substring(0, 8);

            String looked = console.type(
                    "srp:status",
                    "srp:subclusters",
                    "srp:store",
                    "srp:routes",
                    "srp:nat",
                    "srp:peers",
                    "srp:metrics store",
                    "srp:rotate --help");
            for (String said : List.of(
                    "gateway " + peer,
                    "old keys",
                    "the store is well",
                    ready.brokerUrl(),
                    "UDP port " + ready.udpPort(),
                    "no peer is known",
                    "store.packets",
                    "--overlap")) {
                assertTrue(looked.contains(said), () -> "'" + said + "' is not in " + looked);
            }

            String published = console.type("srp:publish demo demo/t 'a test'");
            Matcher id = Pattern.compile("message ([0-9a-f]{64}) is on disk").matcher(published);
            assertTrue(id.find(), published);
            String followed = console.type(
                    "srp:trace " + id.group(1).substring(0, 12), "srp:backlog", "srp:listen --seconds 1 demo demo/#");
            assertTrue(followed.contains("accepted") && followed.contains("committed"), followed);
            assertTrue(followed.contains("held by this gateway alone"), followed);
            assertFalse(followed.contains("rror"), followed);
            assertTrue(new ObjectMapper()
                    .readTree(json(console.type("srp:status --json")))
                    .isObject());

            String before = console.type("srp:invite --no-qr demo");
            console.type("srp:rotate --overlap 1h demo");
            console.awaitLog("a former key opens messages still");
            String after = console.type("srp:invite --no-qr demo");
            assertNotEquals(invitation(before), invitation(after));
            String joined = console.type("srp:join " + invitation(after));
            assertTrue(joined.contains("subcluster demo: is there already"), joined);
        }
    }

    private static String invitation(String said) {
        Matcher text = Pattern.compile("srp1:[A-Za-z0-9_-]+").matcher(said);
        assertTrue(text.find(), () -> "no invitation: " + said);
        return text.group();
    }

    private static String json(String said) {
        return said.substring(said.indexOf('{'), said.lastIndexOf('}') + 1);
    }

    @Test
    void appliesWhatConfigEditChangesWhileTheGatewayRuns() throws Exception {
        int port = 19_777 + PortOffset.free();
        Console console = new Console(GatewayHome.fresh("console"), PortOffset.free());
        try (GatewayProcess gateway = GatewayProcess.start(console.home(), console.offset())) {
            gateway.awaitReady();

            console.type("config:edit io.streamrelay.node", "config:property-set port " + port, "config:update");
            console.awaitLog("UDP open on 0.0.0.0: port " + port + ",");

            console.type(
                    "config:edit --factory --alias late io.streamrelay.subcluster",
                    "config:property-set name late",
                    "config:property-set sharedKey 'a key of its own'",
                    "config:update");
            console.awaitLog("subcluster late is open");

            console.type("config:edit io.streamrelay.node", "config:property-set port 99999", "config:update");
            console.awaitLog("port: '99999' is not allowed; a whole number from 0 to 65535 is");
        }
    }
}
