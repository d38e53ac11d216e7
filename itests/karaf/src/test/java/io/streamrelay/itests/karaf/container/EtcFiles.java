// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configuration files that a test writes; all of them go when it is closed. */
final class EtcFiles implements AutoCloseable {

    private final Path etc = Path.of(System.getProperty("karaf.etc"));
    private final Set<String> written = new LinkedHashSet<>();
    private final ConfigurationAdmin admin;

    EtcFiles(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    private Path file(String name) {
        return etc.resolve("io.streamrelay." + name + ".cfg");
    }

    void write(String name, String... lines) throws IOException {
        written.add(name);
        Files.writeString(file(name), String.join("\n", lines) + "\n");
    }

    void remove(String name) throws IOException {
        Files.delete(file(name));
        written.remove(name);
    }

    @Override
    public void close() throws Exception {
        for (String name : written) {
            Files.deleteIfExists(file(name));
        }
        for (String name : written) {
            // The next test may want the same PID.
            String filter = "(felix.fileinstall.filename=*" + file(name).getFileName() + ")";
            Await.until("nothing is left of " + name, () -> admin.listConfigurations(filter) == null);
        }
    }
}
