// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.metrics;

import io.streamrelay.api.DropCounters;
import io.streamrelay.console.view.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The node's own counts: those that people look at under names of their own, the rest by their names. */
final class CounterMetrics {

    private static final String REFUSED = "refused.";
    private static final String IN = "in";
    private static final String OUT = "out";

    /** Those that go down, too, and so are no counts for Prometheus; named for what they are here. */
    private static final Map<String, String> STATES = new TreeMap<>(Map.of(
            "order.waiting", "srp_order_waiting_messages",
            "order.waiting.bytes", "srp_order_waiting_bytes",
            "order.gaps", "srp_order_gaps",
            "store.commits.pending", "srp_store_pending_commits"));

    /** A flag that the store's metrics have. */
    private static final Set<String> ELSEWHERE = Set.of("store.failing");

    private final Map<String, Long> left;

    private CounterMetrics(Snapshot snapshot) {
        left = new TreeMap<>(snapshot.counters());
        left.keySet().removeAll(ELSEWHERE);
    }

    static List<Family> of(Snapshot snapshot) {
        return snapshot.node() == null ? List.of() : new CounterMetrics(snapshot).families();
    }

    private List<Family> families() {
        List<Family> families = new java.util.ArrayList<>(List.of(
                traffic("srp_udp_datagrams", "UDP datagrams", "udp.receive.datagrams", "udp.send.datagrams"),
                traffic("srp_udp_bytes", "Bytes of UDP datagrams", "udp.receive.bytes", "udp.send.bytes"),
                traffic("srp_messages", "Sealed messages opened and made", "received.sealed", "sent.sealed"),
                traffic(
                        "srp_payload_bytes",
                        "Bytes of messages before they are sealed",
                        "received.bytes",
                        "sent.bytes"),
                drops(),
                byReason("srp_refusals", "Messages that were not accepted, by reason", REFUSED),
                Family.counter("srp_repairs", "Packets that a neighbour lacked and got")
                        .value(take("repaired"))));
        STATES.forEach((counter, name) ->
                families.add(Family.gauge(name, "The node's state " + counter).value(take(counter))));
        Family rest = Family.counter("srp_node", "Every other count of the node, by its name");
        left.forEach((name, value) -> rest.value(value, "name", name));
        families.add(rest);
        return families;
    }

    private Family traffic(String name, String help, String received, String sent) {
        return Family.counter(name, help).value(take(received), "direction", IN).value(take(sent), "direction", OUT);
    }

    private Family drops() {
        Family family = Family.counter("srp_drops", "What was received and not used, or held and let go, by reason");
        DropCounters.byReason(left).forEach((reason, count) -> family.value(count, "reason", reason));
        left.keySet().removeIf(DropCounters::isDrop);
        return family;
    }

    private Family byReason(String name, String help, String prefix) {
        Family family = Family.counter(name, help);
        List<String> names =
                left.keySet().stream().filter(each -> each.startsWith(prefix)).toList();
        names.forEach(each -> family.value(take(each), "reason", each.substring(prefix.length())));
        return family;
    }

    private long take(String counter) {
        Long value = left.remove(counter);
        return value == null ? 0 : value;
    }
}
