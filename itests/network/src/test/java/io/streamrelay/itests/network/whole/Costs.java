// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * What a recording says of where time and memory go. A cost is booked three times: on the method that ran, on the library
 * that it belongs to, and on the method of ours that wanted it.
 */
final class Costs {

    private static final String OURS = "io.streamrelay.";
    private static final List<String> RUNTIME = List.of("java.", "jdk.", "sun.", "javax.");

    /** Of a package of somebody else so many names are enough to tell whose it is. */
    private static final int NAMES = 3;

    private final Tally time = new Tally();
    private final Tally memory = new Tally();
    private final Map<String, Double> threadBytes = new TreeMap<>();

    /** Of one kind. */
    static final class Tally {

        private final Map<String, Double> methods = new HashMap<>();
        private final Map<String, Double> libraries = new HashMap<>();
        private final Map<String, Double> wanted = new HashMap<>();
        private double total;

        private void add(RecordedStackTrace stack, double weight) {
            List<RecordedFrame> frames = stack == null ? List.of() : stack.getFrames();
            if (frames.isEmpty()) {
                return;
            }
            total += weight;
            methods.merge(name(frames.get(0).getMethod()), weight, Double::sum);
            libraries.merge(libraryOf(frames), weight, Double::sum);
            wanted.merge(wantedBy(frames), weight, Double::sum);
        }

        /** Their shares of all, the largest first. */
        List<Map.Entry<String, Double>> methods() {
            return shares(methods);
        }

        List<Map.Entry<String, Double>> libraries() {
            return shares(libraries);
        }

        List<Map.Entry<String, Double>> wanted() {
            return shares(wanted);
        }

        private List<Map.Entry<String, Double>> shares(Map<String, Double> weights) {
            return weights.entrySet().stream()
                    .map(entry -> Map.entry(entry.getKey(), entry.getValue() / total))
                    .sorted(Map.Entry.<String, Double>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .toList();
        }
    }

    private Costs() {}

    static Costs of(Path recording) throws IOException {
        Costs costs = new Costs();
        Map<Long, Double> firstBytes = new HashMap<>();
        Set<Long> sampled = new HashSet<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
            switch (event.getEventType().getName()) {
                case "jdk.ExecutionSample" -> costs.time.add(event.getStackTrace(), 1);
                case "jdk.ObjectAllocationSample" -> costs.sampled(event, sampled);
                case "jdk.ThreadAllocationStatistics" -> costs.allocated(event, firstBytes);
                default -> {
                    // What else a recording has is not asked for.
                }
            }
        }
        return costs;
    }

    /** Its weight is what the thread has allocated since its last sample; before the first, perhaps, for hours. */
    private void sampled(RecordedEvent event, Set<Long> before) {
        if (event.getThread() != null && !before.add(event.getThread().getId())) {
            memory.add(event.getStackTrace(), event.getLong("weight"));
        }
    }

    /** Such an event tells what a thread has allocated since it began. */
    private void allocated(RecordedEvent event, Map<Long, Double> firstBytes) {
        if (event.getThread("thread") == null) {
            return;
        }
        long thread = event.getThread("thread").getId();
        double bytes = event.getLong("allocated");
        Double before = firstBytes.put(thread, bytes);
        if (before != null) {
            threadBytes.merge(Part.threadKind(event.getThread("thread").getJavaName()), bytes - before, Double::sum);
        }
    }

    Tally time() {
        return time;
    }

    Tally memory() {
        return memory;
    }

    /** What each kind of thread allocated during the recording. */
    Map<String, Double> threadBytes() {
        return threadBytes;
    }

    private static String name(RecordedMethod method) {
        String type = method.getType().getName();
        return type.substring(type.lastIndexOf('.') + 1).replaceAll("\\$\\$Lambda.*", "") + "." + method.getName();
    }

    /** The nearest package that is not the runtime's; of ours the whole name. */
    private static String libraryOf(List<RecordedFrame> frames) {
        for (RecordedFrame frame : frames) {
            String type = frame.getMethod().getType().getName();
            if (RUNTIME.stream().noneMatch(type::startsWith)) {
                String name = type.substring(0, Math.max(0, type.lastIndexOf('.')));
                return name.startsWith(OURS) ? name : shortened(name);
            }
        }
        return "Java";
    }

    private static String shortened(String name) {
        String[] names = name.split("\\.");
        return String.join(".", List.of(names).subList(0, Math.min(NAMES, names.length)));
    }

    private static String wantedBy(List<RecordedFrame> frames) {
        return frames.stream()
                .map(RecordedFrame::getMethod)
                .filter(method -> method.getType().getName().startsWith(OURS))
                .findFirst()
                .map(Costs::name)
                .orElse("none of ours");
    }
}
