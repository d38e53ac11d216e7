// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.api.Id;
import io.streamrelay.api.PeerInfo;
import io.streamrelay.simulator.Simulation;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The graph that connected peers make.
 *
 * @param peers of a node in the mean
 * @param pathLength links between two nodes in the mean, of those that are connected at all
 * @param clustering the share of a node's pairs of peers that are peers of each other, in the mean
 * @param reachable the share of all pairs that are connected at all
 */
record SmallWorld(double peers, double pathLength, double clustering, double reachable) {

    /** Paths are measured from so many nodes. */
    private static final int SOURCES = 64;

    static SmallWorld of(Simulation simulation) {
        Map<Id, Integer> numbers = new HashMap<>();
        for (int node : simulation.all()) {
            numbers.put(simulation.node(node).id(), node);
        }
        List<Set<Integer>> graph = Arrays.stream(simulation.all())
                .mapToObj(node -> neighbours(simulation, node, numbers))
                .toList();
        long links = 0;
        double clustering = 0;
        for (Set<Integer> neighbours : graph) {
            links += neighbours.size();
            clustering += clustering(neighbours, graph);
        }
        long[] paths = paths(graph);
        double pairs = (double) Math.min(SOURCES, graph.size()) * (graph.size() - 1);
        return new SmallWorld(
                (double) links / graph.size(),
                (double) paths[1] / paths[0],
                clustering / graph.size(),
                paths[0] / pairs);
    }

    private static Set<Integer> neighbours(Simulation simulation, int node, Map<Id, Integer> numbers) {
        Set<Integer> neighbours = new TreeSet<>();
        for (PeerInfo peer : simulation.node(node).engine().orElseThrow().peers(0)) {
            neighbours.add(numbers.get(peer.id()));
        }
        return neighbours;
    }

    private static double clustering(Set<Integer> neighbours, List<Set<Integer>> graph) {
        int pairs = neighbours.size() * (neighbours.size() - 1);
        long closed = 0;
        for (int one : neighbours) {
            closed += neighbours.stream()
                    .filter(other -> graph.get(one).contains(other))
                    .count();
        }
        return pairs == 0 ? 0 : (double) closed / pairs;
    }

    /** How many pairs are connected, and the sum of the lengths of their shortest paths. */
    private static long[] paths(List<Set<Integer>> graph) {
        long[] sums = new long[2];
        // Every second node is subscribed, so that an even step would leave out all others.
        int step = graph.size() / SOURCES | 1;
        for (int done = 0; done < Math.min(SOURCES, graph.size()); done++) {
            int[] distances = distances(graph, done * step % graph.size());
            for (int distance : distances) {
                if (distance > 0) {
                    sums[0]++;
                    sums[1] += distance;
                }
            }
        }
        return sums;
    }

    private static int[] distances(List<Set<Integer>> graph, int source) {
        int[] distances = new int[graph.size()];
        Arrays.fill(distances, -1);
        distances[source] = 0;
        Deque<Integer> next = new ArrayDeque<>(List.of(source));
        while (!next.isEmpty()) {
            int node = next.remove();
            for (int neighbour : graph.get(node)) {
                if (distances[neighbour] < 0) {
                    distances[neighbour] = distances[node] + 1;
                    next.add(neighbour);
                }
            }
        }
        return distances;
    }
}
