// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamrelay.itests.interop.PeerProcess;
import io.streamrelay.itests.network.lab.Host;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a gateway in plain Java is told when it starts, with the keys of the configuration files. */
public final class Setup {

    static final String SUBCLUSTER = "field";

    private final Map<String, String> node = new HashMap<>();
    private final List<Map<String, String>> bridges = new ArrayList<>();
    private final List<String> brokerSettings = new ArrayList<>();
    private final List<String> javaOptions = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final boolean member;

    private Setup(String cluster, boolean member) {
        this.member = member;
        node.put("cluster", cluster);
        node.put("lanDiscovery", "false");
    }

    /** A member of the cluster's subcluster, with a broker and as yet without a bridge. */
    public static Setup member(String cluster) {
        return new Setup(cluster, true);
    }

    /** One that has neither key nor broker and passes on what others cannot keep to themselves. */
    static Setup carrier(String cluster) {
        return new Setup(cluster, false);
    }

    /** Knows these hosts' nodes from the beginning. */
    public Setup peers(Host... hosts) {
        return node(
                "peers",
                Arrays.stream(hosts).map(host -> host.address() + ":19777").collect(Collectors.joining(",")));
    }

    /** A key of io.streamrelay.node. */
    Setup node(String key, String value) {
        node.put(key, value);
        return this;
    }

    /** A bridge of that name that speaks that version and carries {@code field/NAME/#} both ways with QoS 2 at the most. */
    public Setup bridge(String name, String mqttVersion) {
        return bridge(name, mqttVersion, "field/" + name + "/# both 2");
    }

    /** With other routes. */
    public Setup bridge(String name, String mqttVersion, String routes) {
        bridges.add(Map.of(
                "name",
                name,
                "mqttVersion",
                mqttVersion,
                "routes",
                routes,
                "subcluster",
                SUBCLUSTER,
                "broker",
                "tcp://127.0.0.1:" + Mosquitto.PORT));
        return this;
    }

    /** The bridges carry with QoS 1, as they do unless they are told otherwise. */
    Setup atLeastOnce() {
        bridges.replaceAll(bridge -> {
            Map<String, String> other = new HashMap<>(bridge);
            other.computeIfPresent("routes", (key, routes) -> routes.replace("both 2", "both 1"));
            return other;
        });
        return this;
    }

    /** Lines of the broker's configuration. */
    Setup broker(String... settings) {
        brokerSettings.addAll(List.of(settings));
        return this;
    }

    /** Options of the virtual machine. */
    public Setup java(String... options) {
        javaOptions.addAll(List.of(options));
        return this;
    }

    /** A variable of the process's environment. */
    Setup environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    boolean isMember() {
        return member;
    }

    boolean hasBroker() {
        return !bridges.isEmpty();
    }

    ObjectNode start(String folder) {
        return options(node).put("dataDirectory", folder);
    }

    ObjectNode subcluster() {
        return PeerProcess.options().put("name", SUBCLUSTER).put("sharedKey", "of " + node.get("cluster"));
    }

    List<ObjectNode> bridges() {
        return bridges.stream().map(Setup::options).toList();
    }

    List<String> brokerSettings() {
        return brokerSettings;
    }

    List<String> javaOptions() {
        return javaOptions;
    }

    Map<String, String> environment() {
        return environment;
    }

    private static ObjectNode options(Map<String, String> keys) {
        ObjectNode options = PeerProcess.options();
        keys.forEach(options::put);
        return options;
    }
}
