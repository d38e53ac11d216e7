// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.mqtt.broker.Arrival;
import io.streamrelay.mqtt.broker.BrokerException;
import io.streamrelay.mqtt.broker.BrokerLink;
import io.streamrelay.mqtt.broker.BrokerLinks;
import io.streamrelay.mqtt.broker.BrokerOptions;
import io.streamrelay.mqtt.broker.Greeting;
import io.streamrelay.mqtt.broker.TlsOptions;
import io.streamrelay.mqtt.broker.Will;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionTest implements Connection.Listener {

    private final Simulation simulation = new Simulation(1);
    private final Simulation.Lane thread = simulation.lane();
    private final SimBroker broker = new SimBroker();
    private final List<SimLink> links = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    /** How much had been told when another connection was about to be made. */
    private final List<Integer> toldBefore = new ArrayList<>();

    private BrokerException unusable;

    private Connection connection() {
        BrokerLinks opener = (options, version, events) -> {
            if (unusable != null) {
                throw unusable;
            }
            SimLink link = new SimLink(simulation, broker, options, version, events);
            links.add(link);
            return link;
        };
        return new Connection(
                opener,
                new BrokerOptions(
                        "sim", "", "", "client", TlsOptions.standard(), Will.clearing("streamrelay/bridges/p/n")),
                new VersionChoice(Optional.empty()),
                thread,
                new StateLog("test", "sim", thread::nowMs),
                new Backoff(() -> 0),
                this);
    }

    @Override
    public void connected(BrokerLink link, Greeting greeting) {
        told.add("connected " + greeting.sessionPresent());
    }

    @Override
    public void lost() {
        told.add("lost");
    }

    @Override
    public void connects() {
        toldBefore.add(told.size());
    }

    @Override
    public void arrived(Arrival arrival) {
        told.add("arrived");
    }

    @Test
    void connectsAgainWithTheSameLink() {
        connection().start();
        simulation.run(100_000);
        links.get(0).cut();
        simulation.run(Backoff.FIRST_MS);
        assertEquals(List.of("connected false", "lost", "connected true"), told);
        assertEquals(1, links.size());
    }

    /** What was turned away for want of room comes at once; it was turned away again, and then not asked for any more. */
    @Test
    void tellsOfEachConnectionBeforeAnythingComesOnIt() {
        connection().start();
        simulation.run(100_000);
        links.get(0).cut();
        simulation.run(Backoff.FIRST_MS);
        assertEquals(List.of("connected false", "lost", "connected true"), told);
        assertEquals(List.of(0, 2), toldBefore);
    }

    @Test
    void triesUntilTheBrokerIsThere() {
        broker.reachable = false;
        connection().start();
        simulation.run(100_000);
        assertEquals(List.of(), told);
        broker.reachable = true;
        simulation.run(Backoff.MAX_MS);
        assertEquals(List.of("connected false"), told);
        assertTrue(links.size() > 1, "a link may not have ended an attempt that has failed");
    }

    @Test
    void triesAgainWhenItsOptionsBecomeUsable() {
        unusable = new BrokerException(BrokerException.Kind.CLIENT_REFUSED, "no such file", null);
        connection().start();
        simulation.run(10_000);
        unusable = null;
        simulation.run(Backoff.MAX_MS);
        assertEquals(List.of("connected false"), told);
    }

    @Test
    void isNotFooledByAnEarlyLossIntoGivingItsLinkUp() {
        connection().start();
        simulation.run(Connection.GREETING_MS - Backoff.FIRST_MS / 2);
        links.get(0).cut();
        simulation.run(Backoff.MAX_MS);
        assertEquals(List.of("connected false", "lost", "connected true"), told);
        assertEquals(1, links.size(), "a link knows what is unacknowledged");
    }

    @Test
    void saysGoodbye() {
        Connection connection = connection();
        connection.start();
        simulation.run(1000);
        var stopped = connection.stop();
        simulation.run(100_000);
        assertTrue(stopped.toCompletableFuture().isDone());
        assertEquals(List.of("connected false"), told);
    }

    @Test
    void asksAgainByANewConnection() {
        Connection connection = connection();
        connection.start();
        simulation.run(1000);
        connection.restart("to be asked again");
        simulation.run(10_000);
        assertEquals(List.of("connected false", "lost", "connected true"), told);
    }
}
