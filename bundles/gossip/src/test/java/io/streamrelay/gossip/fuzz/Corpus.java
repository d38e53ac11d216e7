// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The inputs that a fuzz target begins with. They are files beside those that once broke it; the system property
 * {@code srp.seeds=write} writes them.
 */
public final class Corpus {

    private static final Path RESOURCES = Path.of("src", "test", "resources");

    private Corpus() {}

    /** Makes sure that the target's seeds are what its test says they are. */
    public static void assertHolds(Class<?> test, String target, Map<String, byte[]> seeds) throws IOException {
        Path folder =
                RESOURCES.resolve(test.getName().replace('.', '/') + "Inputs").resolve(target);
        boolean write = "write".equals(System.getProperty("srp.seeds"));
        for (Map.Entry<String, byte[]> seed : seeds.entrySet()) {
            Path file = folder.resolve(seed.getKey());
            if (write) {
                Files.createDirectories(folder);
                Files.write(file, seed.getValue());
            }
            assertTrue(Files.exists(file), () -> file + " is missing: -Dsrp.seeds=write writes it");
            assertArrayEquals(seed.getValue(), Files.readAllBytes(file), () -> file + " is not as it would be written");
        }
    }
}
