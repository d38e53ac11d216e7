// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.mqtt.broker.BrokerEvents;
import io.streamrelay.mqtt.broker.BrokerException;
import io.streamrelay.mqtt.broker.BrokerLink;
import io.streamrelay.mqtt.broker.BrokerLinks;
import io.streamrelay.mqtt.broker.BrokerOptions;
import io.streamrelay.mqtt.broker.MqttVersion;
import io.streamrelay.mqtt.broker.TlsOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brokers, gateways and bridges of a test, in one simulation. */
final class World {

    /** Longer than a bridge waits for anything on its way to work. */
    static final long SETTLE_MS = 10_000;

    final Simulation simulation;
    final SimMesh mesh;
    private final Map<String, SimBroker> brokers = new LinkedHashMap<>();
    private final Map<String, SimRelay> relays = new LinkedHashMap<>();
    private final List<SimLink> links = new ArrayList<>();
    private final Map<SimLink, String> gateways = new HashMap<>();
    private final Set<String> crashed = new HashSet<>();
    /** What bridges have on their disks of their subscriptions. */
    private final Map<String, Set<String>> subscribed = new HashMap<>();

    private final Map<String, Set<String>> undisputed = new HashMap<>();
    private final Map<Bridge, BridgeReport> reports = new HashMap<>();

    World(long seed) {
        simulation = new Simulation(seed);
        mesh = new SimMesh(simulation);
    }

    SimBroker broker(String name) {
        return brokers.computeIfAbsent(name, key -> new SimBroker());
    }

    SimRelay relay(String gateway) {
        return relays.computeIfAbsent(gateway, name -> new SimRelay(randomId()));
    }

    SimMesh.SimNode node(String gateway, String subcluster) {
        return mesh.join(subcluster, gateway);
    }

    /** By chance, for the order of peer ids decides who is responsible. */
    private Id randomId() {
        byte[] bytes = new byte[Id.BYTES];
        simulation.random.nextBytes(bytes);
        return Id.of(bytes);
    }

    /** A bridge that begins to work. */
    Bridge bridge(String gateway, String broker, MqttVersion version, Format format, String... routes) {
        return bridge(gateway, broker, "s", version, format, routes);
    }

    Bridge bridge(
            String gateway, String broker, String subcluster, MqttVersion version, Format format, String... routes) {
        SimRelay relay = relay(gateway);
        if (relay.subcluster(subcluster).isEmpty()) {
            relay.open(subcluster, new SimSubcluster(subcluster, node(gateway, subcluster)));
        }
        BridgeSetup setup = new BridgeSetup(
                broker + "-" + subcluster,
                links(gateway),
                links(gateway),
                simulation.lane(),
                simulation.random::nextDouble);
        Bridge bridge = new Bridge(relay, setup);
        reports.put(bridge, setup.report());
        bridge.configure(settings(broker, subcluster, version, format, routes));
        return bridge;
    }

    /** What a bridge tells of itself. */
    BridgeReport report(Bridge bridge) {
        return reports.get(bridge);
    }

    static BridgeSettings settings(
            String broker, String subcluster, MqttVersion version, Format format, String... routes) {
        return new BridgeSettings(
                broker,
                "",
                "",
                "",
                TlsOptions.standard(),
                Optional.ofNullable(version),
                subcluster,
                Routes.parse("routes", List.of(routes), format),
                BridgeSettings.DEFAULT_STATUS);
    }

    private BrokerLinks links(String gateway) {
        return new BrokerLinks() {
            @Override
            public BrokerLink open(BrokerOptions options, MqttVersion version, BrokerEvents events)
                    throws BrokerException {
                if (crashed.contains(gateway)) {
                    throw new BrokerException(BrokerException.Kind.UNREACHABLE, "the process has ended", null);
                }
                SimLink link = new SimLink(simulation, broker(options.url()), options, version, events);
                links.add(link);
                gateways.put(link, gateway);
                return link;
            }

            @Override
            public Set<String> subscribed(BrokerOptions session) {
                return subscribed.getOrDefault(session.url() + session.clientId(), Set.of());
            }

            @Override
            public void keepSubscribed(BrokerOptions session, Set<String> filters) {
                subscribed.put(session.url() + session.clientId(), Set.copyOf(filters));
            }

            @Override
            public Set<String> undisputed(BrokerOptions session) {
                return undisputed.getOrDefault(session.url() + session.clientId(), Set.of());
            }

            @Override
            public void keepUndisputed(BrokerOptions session, Set<String> names) {
                undisputed.put(session.url() + session.clientId(), names);
            }
        };
    }

    /** The connections that there are. */
    List<SimLink> connected() {
        return links.stream().filter(SimLink::isConnected).toList();
    }

    /** Cuts one of the connections that there are. */
    void cutAny() {
        List<SimLink> connected = connected();
        if (!connected.isEmpty()) {
            connected.get(simulation.random.nextInt(connected.size())).cut();
        }
    }

    /** A gateway's process ends without a word, for good. */
    void crash(String gateway) {
        crashed.add(gateway);
        links.stream().filter(link -> gateways.get(link).equals(gateway)).forEach(SimLink::die);
    }

    /** A gateway's process ends without a word, and another one may begin. */
    void kill(String gateway, Bridge bridge) {
        crash(gateway);
        mesh.die(gateway);
        bridge.close(false);
        settle();
        crashed.remove(gateway);
    }

    void cutAll() {
        links.forEach(SimLink::cut);
    }

    void settle() {
        simulation.run(SETTLE_MS);
    }

    static Message message(String topic, String text) {
        return new Message(topic, text.getBytes(StandardCharsets.UTF_8), 1, false, null, List.of());
    }

    /** What an application at a broker has heard, as {@code topic=payload}. */
    List<String> heardAt(String broker) {
        return broker(broker).heard().stream()
                .map(message -> message.topic() + "=" + new String(message.payload(), StandardCharsets.UTF_8))
                .toList();
    }

    List<String> brokerNames() {
        return List.copyOf(brokers.keySet());
    }
}
