// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamrelay.api.BacklogInfo;
import io.streamrelay.api.StoreInfo;
import io.streamrelay.console.FakeRelay;
import io.streamrelay.console.FakeSubcluster;
import io.streamrelay.console.view.Snapshot;
import io.streamrelay.console.view.Views;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricDataParser;
import org.hawkular.agent.prometheus.types.Counter;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Metric;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.types.MetricType;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\\n]|\\\\[\\\\\"n])*\"";

    /** The lines that the text format 0.0.4 has. */
    private static final Pattern LINE =
            Pattern.compile("# HELP ([a-z_]+) .+|# TYPE ([a-z_]+) (counter|gauge)|([a-z_]+)(\\{" + LABEL + "(," + LABEL
                    + ")*,?\\})? ([-+]?[0-9.]+(E[-+]?[0-9]+)?|NaN|[-+]Inf)");

    private static final Pattern NAME = Pattern.compile("\\bsrp_[a-z_]+");

    private static Snapshot full() {
        FakeRelay relay = new FakeRelay();
        FakeSubcluster demo = relay.open("demo \"quoted\"\n");
        relay.peers.add(FakeRelay.peer("a", true, 0, demo.id()));
        relay.backlog.add(new BacklogInfo(demo.id(), 1, 100, 60_000));
        relay.store = new StoreInfo(500, 1000, 0, 1000, List.of(new StoreInfo.Cluster(relay.cluster, 2, 500)));
        relay.counters.put("drop.expired", 4L);
        relay.counters.put("expired", 2L);
        relay.counters.put("evicted-oldest", 7L);
        relay.counters.put("not-kept", 1L);
        relay.counters.put("refused.busy", 2L);
        relay.counters.put("sent.sealed", 8L);
        relay.counters.put("order.waiting", 3L);
        relay.counters.put("store.failing", 0L);
        relay.counters.put("introduced", 1L);
        return Views.of(relay, Views.bridge("demo", true)).now();
    }

    private static String text(Snapshot snapshot) {
        return new String(MetricsResource.render(snapshot), StandardCharsets.UTF_8);
    }

    @Test
    void keepsToTheGrammarOfTheTextFormat() {
        text(full()).lines().forEach(line -> assertTrue(LINE.matcher(line).matches(), line));
    }

    @Test
    void isUnderstoodByAParserOfOthers() throws Exception {
        String text = text(full());
        Map<String, MetricFamily> families = new TreeMap<>();
        TextPrometheusMetricDataParser parser =
                new TextPrometheusMetricDataParser(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        for (MetricFamily family = parser.parse(); family != null; family = parser.parse()) {
            assertNull(families.put(family.getName(), family), "one family, one place: " + family.getName());
        }

        int series = families.values().stream()
                .mapToInt(family -> family.getMetrics().size())
                .sum();
        assertEquals(text.lines().filter(line -> !line.startsWith("#")).count(), series);
        assertEquals(MetricType.COUNTER, families.get("srp_drops_total").getType());
        Metric drops = families.get("srp_drops_total").getMetrics().get(1);
        assertEquals(Map.of("reason", "expired"), drops.getLabels());
        assertEquals(6, ((Counter) drops).getValue());
        Metric age = families.get("srp_backlog_age_seconds").getMetrics().get(0);
        assertEquals(Map.of("subcluster", "demo \"quoted\"\n"), age.getLabels());
        assertEquals(60, ((Gauge) age).getValue());
    }

    @Test
    void namesWhatCountsAndWhatDoesNot() {
        List<String> lines = text(full()).lines().toList();
        for (String line : List.of(
                "srp_up 1.0",
                "srp_verdict_level 0.0",
                "srp_uptime_seconds 60.0",
                "srp_drops_total{reason=\"evicted-oldest\"} 7.0",
                "srp_drops_total{reason=\"expired\"} 6.0",
                "srp_drops_total{reason=\"not-kept\"} 1.0",
                "srp_refusals_total{reason=\"busy\"} 2.0",
                "srp_messages_total{direction=\"out\"} 8.0",
                "srp_order_waiting_messages 3.0",
                "srp_node_total{name=\"introduced\"} 1.0",
                "srp_bridge_connected{bridge=\"demo\"} 1.0",
                "srp_backlog_age_seconds{subcluster=\"demo \\\"quoted\\\"\\n\"} 60.0",
                "srp_peer_round_trip_seconds{peer=\"" + FakeRelay.id("a").shortHex() + "\"} 0.04")) {
            assertTrue(lines.contains(line), line + " lacks in\n" + String.join("\n", lines));
        }
    }

    @Test
    void tellsOneCountOnce() {
        assertFalse(text(full()).contains("srp_node_total{name=\"drop"));
        assertFalse(text(full()).contains("name=\"store.failing\""));
    }

    @Test
    void boundsTheSeriesOfPeers() {
        FakeRelay relay = new FakeRelay();
        for (int i = 0; i < 2 * PeerMetrics.PEERS_MAX; i++) {
            relay.peers.add(FakeRelay.peer("peer " + i, true, 0));
        }
        long series = text(Views.of(relay).now())
                .lines()
                .filter(line -> line.startsWith("srp_peer_in_step{"))
                .count();
        assertEquals(PeerMetrics.PEERS_MAX, series);
    }

    @Test
    void saysThatNoNodeRuns() {
        String text = text(Views.of(null).now());
        assertTrue(text.contains("srp_up 0.0") && text.contains("srp_verdict_level 2.0"), text);
    }

    @Test
    void isAResourceOfThePage() {
        MetricsResource resource = new MetricsResource(Views.of(new FakeRelay()));
        assertEquals("metrics", resource.path());
        assertEquals("text/plain; version=0.0.4; charset=utf-8", resource.contentType());
        assertTrue(resource.render().length > 0);
    }

    @Test
    void theDashboardAsksForNothingElse() throws Exception {
        JsonNode dashboard = new ObjectMapper()
                .readTree(Path.of("../../config/monitoring/grafana-dashboard.json")
                        .toFile());
        Set<String> asked = new TreeSet<>();
        dashboard.findValuesAsText("expr").forEach(expression -> names(expression, asked));
        dashboard
                .at("/templating/list")
                .forEach(variable -> names(variable.path("query").toString(), asked));
        assertTrue(asked.size() > 15, asked.toString());
        Set<String> told = new TreeSet<>();
        text(full()).lines().filter(line -> !line.startsWith("#")).forEach(line -> names(line, told));
        asked.removeAll(told);
        assertEquals(Set.of(), asked);
    }

    private static void names(String text, Set<String> names) {
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group());
        }
    }
}
