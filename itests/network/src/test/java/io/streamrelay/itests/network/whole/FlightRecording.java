// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A recording that the virtual machine of a process makes of itself while a load is carried. */
final class FlightRecording {

    /** Ten times as often as by itself: a load lasts for seconds, not for hours. */
    private static final List<String> SETTINGS = List.of(
            "settings=profile",
            "jdk.ExecutionSample#period=5ms",
            "jdk.ObjectAllocationSample#throttle=2000/s",
            "jdk.ThreadAllocationStatistics#period=1s");

    /** So long before a load it is to begin, and so long after it to end: the threads' figures are told once a second. */
    static final int MARGIN_MS = 1_500;

    private static final String NAME = "name=load";

    private final long pid;
    private final Path file;

    private FlightRecording(long pid, Path file) {
        this.pid = pid;
        this.file = file;
    }

    /** Begins one. */
    static FlightRecording of(Part part, Path file) throws IOException, InterruptedException {
        Files.createDirectories(file.getParent());
        FlightRecording recording = new FlightRecording(part.pid(), file.toAbsolutePath());
        List<String> options = new ArrayList<>(List.of("JFR.start", NAME));
        options.addAll(SETTINGS);
        recording.tell(options);
        return recording;
    }

    /** Ends it; the file is written. */
    Path stop() throws IOException, InterruptedException {
        tell(List.of("JFR.stop", NAME, "filename=" + file));
        return file;
    }

    private void tell(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        command.add(Long.toString(pid));
        command.addAll(options);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0 || told.contains("Could not")) {
            throw new IOException(String.join(" ", command) + ": " + told);
        }
    }
}
