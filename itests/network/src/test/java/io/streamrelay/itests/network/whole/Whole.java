// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamrelay.itests.interop.ReferencePackage;
import io.streamrelay.itests.network.MarkedPart;
import io.streamrelay.itests.network.lab.LabNeeds;
import io.streamrelay.itests.network.process.NodeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Measures all parties in several rounds and writes what came out; see itests/benchmarks/run. */
public final class Whole {

    private static final String BEGIN = "<!-- begin of the whole tables -->";
    private static final String END = "<!-- end of the whole tables -->";
    private static final Path MOSQUITTO = Path.of("/usr/sbin/mosquitto");

    private final Path module;
    private final int rounds;
    private final Pace pace;
    private final String machine;
    private final Results results = new Results();

    private Whole(Path module, int rounds, Pace pace, String machine) {
        this.module = module;
        this.rounds = rounds;
        this.pace = pace;
        this.machine = machine;
    }

    /**
     * @param arguments the folder of itests/benchmarks, how many rounds, {@code measure} or {@code look}, which is brief
     *     and leaves the README as it is, and what machine this is
     */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        Pace pace = arguments[2].equals("look") ? Pace.BRIEF : Pace.MEASURING;
        Whole whole = new Whole(Path.of(arguments[0]), Integer.parseInt(arguments[1]), pace, arguments[3]);
        // Threads that live on would hold up the end, and the failure with it.
        System.exit(whole.run() ? 0 : 1);
    }

    private boolean run() {
        try {
            requireAll();
            measure();
            report();
            return true;
        } catch (IOException | IllegalStateException e) {
            e.printStackTrace();
            System.err.println("nothing was written: " + e.getMessage());
            return false;
        }
    }

    /** Nobody is left out because something is not installed. */
    private static void requireAll() {
        LabNeeds.lacking().ifPresent(what -> {
            throw new IllegalStateException(what);
        });
        ReferencePackage.installed();
        if (!Files.isExecutable(MOSQUITTO)) {
            throw new IllegalStateException(MOSQUITTO + " is missing (Debian: apt-get install mosquitto)");
        }
    }

    private void measure() {
        for (int round = 1; round <= rounds; round++) {
            for (Party party : Party.values()) {
                String where = "round " + round + " of " + rounds + ", " + party.label();
                try {
                    results.add(party, measure(party, where));
                } catch (Exception | AssertionError e) {
                    throw new IllegalStateException(where + " cannot be measured: " + e.getMessage(), e);
                }
            }
        }
    }

    private Map<Figure, Double> measure(Party party, String where) throws Exception {
        Consumer<String> progress = what -> System.out.println(where + ": " + what);
        Map<Figure, Double> measured = new EnumMap<>(Figure.class);
        measured.put(Figure.OTHER_WORK, OtherWork.processors());
        measured.put(Figure.FORCED_WRITE_MS, ForcedWrite.medianMs(Path.of(NodeFolder.fresh("disk"))));
        try (Rig rig = Rig.start(party.contender())) {
            measured.putAll(new Measurement(rig, pace, progress).run());
        }
        try (Trials trials = new Trials(party, pace, progress)) {
            // Of the memory after the one load and after the other, the larger counts.
            trials.run().forEach((figure, value) -> measured.merge(figure, value, Math::max));
        }
        return measured;
    }

    private void report() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("Measured by `itests/benchmarks/run whole` on %s: %s.".formatted(today(), where()));
        lines.addAll(new WholeTables(results, rounds).lines());
        lines.forEach(System.out::println);
        Path file = Files.createDirectories(module.resolve("target")).resolve("whole.json");
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), everything());
        if (pace == Pace.MEASURING) {
            new MarkedPart(module.resolve("README.md"), BEGIN, END).write(lines);
        }
    }

    private static String today() {
        return LocalDate.now(ZoneOffset.UTC).toString();
    }

    private String where() {
        return machine + ", Java " + System.getProperty("java.version");
    }

    private Map<String, Object> everything() {
        Map<String, Object> everything = new LinkedHashMap<>();
        everything.put("date", today());
        everything.put("machine", where());
        everything.put("rounds", rounds);
        everything.put("pace", pace.toString());
        everything.put("gatewayOptions", Launcher.javaOptions());
        everything.put("parties", parties());
        everything.put("samples", results.values());
        return everything;
    }

    private static Map<Party, String> parties() {
        Map<Party, String> parties = new LinkedHashMap<>();
        for (Party party : Party.values()) {
            parties.put(party, party.label() + ": " + party.settings());
        }
        return parties;
    }
}
