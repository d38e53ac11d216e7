// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Interest;
import io.streamrelay.api.TopicFilter;
import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.mqtt.broker.Subscription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The routes of one bridge, in their order: where several lead to one topic, the first counts. */
record Routes(List<Route> list, Format format) {

    /** A limit that keeps one announcement of them well below what brokers take. Our own choice. */
    static final int MAX = 500;

    Routes {
        list = List.copyOf(list);
    }

    /** @throws ConfigurationException naming the key, the line and what is allowed */
    static Routes parse(String key, List<String> lines, Format format) {
        if (lines.size() > MAX) {
            throw new ConfigurationException(key, lines.size() + " routes", "up to " + MAX + " are");
        }
        List<Route> routes = new ArrayList<>();
        for (String line : lines) {
            try {
                routes.add(Route.parse(line));
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException(key, line, e.getMessage());
            }
            if (format == Format.RAW
                    && Route.hasWildcard(routes.get(routes.size() - 1).pattern())) {
                throw new ConfigurationException(
                        key, line, "in raw format a pattern is an exact topic: event names cannot be matched");
            }
        }
        return new Routes(routes, format);
    }

    /** As they are written. */
    List<String> lines() {
        return list.stream().map(Route::text).toList();
    }

    /** Where a topic of the broker leads in the mesh. */
    List<Hop> out(String localTopic) {
        return hops(route -> route.toMesh(localTopic));
    }

    /** Where a topic of the mesh leads on the broker. */
    List<Hop> in(String meshTopic) {
        return hops(route -> route.toLocal(meshTopic));
    }

    private List<Hop> hops(Function<Route, Optional<String>> step) {
        Map<String, Hop> hops = new LinkedHashMap<>(2);
        for (Route route : list) {
            step.apply(route).ifPresent(topic -> hops.putIfAbsent(topic, new Hop(topic, route.qos())));
        }
        return List.copyOf(hops.values());
    }

    boolean leadIn() {
        return list.stream().anyMatch(route -> route.direction().leadsIn());
    }

    /** Whether one of these does the outward part of a route. */
    boolean sendAsWell(Route route) {
        return list.stream()
                .anyMatch(each -> each.direction().leadsOut()
                        && each.pattern().equals(route.pattern())
                        && each.localPrefix().equals(route.localPrefix())
                        && each.remotePrefix().equals(route.remotePrefix()));
    }

    /** What of the mesh these routes want. */
    Interest interest() {
        if (format == Format.ENVELOPE) {
            return leadIn() ? Interest.inTopics(topic -> !in(topic).isEmpty()) : Interest.none();
        }
        Set<String> events = list.stream()
                .filter(route -> route.direction().leadsIn())
                .map(route -> route.remotePrefix() + route.pattern())
                .collect(Collectors.toSet());
        return Interest.inEvents(events);
    }

    /** What to subscribe to on the broker: no filter within another, for some brokers send a message once for each. */
    List<Subscription> subscriptions() {
        Map<String, Integer> filters = new LinkedHashMap<>();
        for (Route route : list) {
            if (route.direction().leadsOut()) {
                filters.merge(route.localFilter(), route.qos(), Math::max);
            }
        }
        return filters.keySet().stream()
                .filter(filter -> filters.keySet().stream()
                        .noneMatch(wider -> !wider.equals(filter) && TopicFilter.covers(wider, filter)))
                .map(filter -> new Subscription(filter, qosWithin(filter, filters), Subscription.Kind.APPLICATIONS))
                .toList();
    }

    private static int qosWithin(String filter, Map<String, Integer> filters) {
        return filters.entrySet().stream()
                .filter(entry -> TopicFilter.covers(filter, entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .max()
                .orElse(0);
    }
}
