// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamrelay.itests.interop.ReferencePackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.RunnerException;

/** Measures everything in several rounds, all parties in turn, and writes what came out; see {@code run}. */
public final class Micro {

    private static final String BEGIN = "<!-- begin of the micro tables -->\n";
    private static final String END = "<!-- end of the micro tables -->\n";
    private static final Pattern GATEWAY_OPTIONS = Pattern.compile("JAVA_OPTS=\\$\\{JAVA_OPTS:-([^}]*)}");

    private static final String FIRST_COMPILER_ALONE = "-XX:TieredStopAtLevel=";

    private final Path module;
    private final int rounds;
    private final Samples samples = new Samples();
    private final long patientUntilNs;
    private int disturbed;

    private Micro(Path module, int rounds, long patienceMinutes) {
        this.module = module;
        this.rounds = rounds;
        this.patientUntilNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(patienceMinutes);
    }

    /**
     * @param arguments this module's folder, how many rounds, after how many minutes it puts up with what else the
     *     machine does, and what machine this is
     */
    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        ReferencePackage.installed();
        Micro micro = new Micro(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
        List<String> gateway = micro.gatewayOptions();
        for (int round = 1; round <= micro.rounds; round++) {
            for (Figure figure : Figure.values()) {
                System.out.println("round " + round + " of " + micro.rounds + ": " + figure.key());
                micro.measure(figure, gateway);
            }
        }
        micro.report(arguments[3], gateway);
    }

    /** What the launcher gives to the virtual machine unless the user says otherwise. */
    private List<String> gatewayOptions() throws IOException {
        Matcher options = GATEWAY_OPTIONS.matcher(Files.readString(module.resolve("../../gateway")));
        if (!options.find()) {
            throw new IllegalStateException("./gateway has no default JAVA_OPTS any more: look there, mend this");
        }
        return List.of(options.group(1).split(" "));
    }

    /** Again when other work disturbed it; if that does not end, what was disturbed least counts. */
    private void measure(Figure figure, List<String> gateway)
            throws RunnerException, IOException, InterruptedException {
        Samples calmest = null;
        double least = Double.MAX_VALUE;
        do {
            OtherWork.awaitCalm(patientUntilNs);
            OtherWork other = OtherWork.begin();
            Samples measured = measureOnce(figure, gateway);
            double processors = other.processors();
            if (processors < least) {
                least = processors;
                calmest = measured;
            }
        } while (least > OtherWork.CALM && System.nanoTime() - patientUntilNs < 0);
        disturbed += least > OtherWork.CALM ? 1 : 0;
        samples.addAll(calmest);
    }

    /** All parties, one right after the other, so that all see the machine in the same state. */
    private Samples measureOnce(Figure figure, List<String> gateway)
            throws RunnerException, IOException, InterruptedException {
        Samples measured = new Samples();
        NodeRun node = new NodeRun(Pace.MEASURING, module);
        JavaRun java = new JavaRun(Pace.MEASURING, module.resolve("target/micro-jmh.log"));
        java.measure(figure, Party.STREAMRELAY, withBothCompilers(gateway), measured);
        node.measure(figure.group().script(), figure, Party.REFERENCE, measured);
        if (figure.group() == Group.SEAL) {
            node.measure("native", figure, Party.NATIVE, measured);
        }
        java.measure(figure, Party.GATEWAY, gateway, measured);
        return measured;
    }

    /**
     * With the launcher's heap and collector: one that is a quarter of a large memory grows as long as anything is measured,
     * and what is measured then is how fast the system hands out pages, on some machines a microsecond for each 500 bytes.
     */
    private static List<String> withBothCompilers(List<String> gateway) {
        List<String> options = gateway.stream()
                .filter(option -> !option.startsWith(FIRST_COMPILER_ALONE))
                .toList();
        if (options.size() == gateway.size()) {
            throw new IllegalStateException("./gateway's " + gateway + " leave no compiler out any more: mend this");
        }
        return options;
    }

    private void report(String machine, List<String> gateway) throws IOException, InterruptedException {
        String where = machine + ", Java " + System.getProperty("java.version") + ", Node "
                + new NodeRun(Pace.MEASURING, module).version();
        String when = LocalDate.now(ZoneOffset.UTC).toString();
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(
                        module.resolve("target/micro.json").toFile(),
                        Map.of("date", when, "machine", where, "gatewayOptions", gateway, "samples", samples.values()));
        List<String> lines = new ArrayList<>();
        lines.add("Measured by `itests/benchmarks/run micro` on %s: %s.".formatted(when, where));
        lines.add("Medians of %d rounds; those of one figure differ by %s.".formatted(rounds, spread()));
        lines.add("Other work took more than %.0f %% of a processor in %d of %d measurements."
                .formatted(100 * OtherWork.CALM, disturbed, rounds * Figure.values().length));
        lines.add("`./gateway` runs the virtual machine with `%s`.".formatted(String.join(" ", gateway)));
        lines.add("");
        lines.addAll(new Table(samples).lines());
        lines.forEach(System.out::println);
        write(lines);
    }

    /** How steady the machine was. */
    private String spread() {
        double[] spreads = samples.values().entrySet().stream()
                .flatMapToDouble(party -> party.getValue().keySet().stream()
                        .filter(Micro::isTime)
                        .mapToDouble(key -> 100 * (samples.spread(party.getKey(), key) - 1)))
                .sorted()
                .toArray();
        return "%.0f %% in the median, %.0f %% at the most"
                .formatted(spreads[spreads.length / 2], spreads[spreads.length - 1]);
    }

    private static boolean isTime(String key) {
        return List.of(Figure.values()).stream().anyMatch(figure -> figure.key().equals(key));
    }

    private void write(List<String> lines) throws IOException {
        Path readme = module.resolve("README.md");
        String text = Files.readString(readme);
        String before = text.substring(0, text.indexOf(BEGIN) + BEGIN.length());
        String after = text.substring(text.indexOf(END));
        Files.writeString(readme, before + "\n" + String.join("\n", lines) + "\n\n" + after);
    }
}
