// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.process;

import io.streamrelay.itests.interop.PeerProcess;
import io.streamrelay.itests.network.lab.Host;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts a main class of this module's class path on a host. */
public final class JavaProcess {

    /** A small machine's: many of them run at once, each for less than a minute. */
    private static final List<String> OPTIONS =
            List.of("-Xms16m", "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    private JavaProcess() {}

    static PeerProcess start(Host host, Class<?> main) {
        return start(host, main, List.of(), Map.of());
    }

    /** With more options of the virtual machine, of which the last counts, and more of an environment. */
    public static PeerProcess start(Host host, Class<?> main, List<String> options, Map<String, String> environment) {
        List<String> command = new ArrayList<>(host.entering());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(options);
        command.addAll(List.of("-classpath", System.getProperty("java.class.path"), main.getName()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return new PeerProcess(builder);
    }
}
