// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.service.deploymentadmin.DeploymentAdmin;
import org.osgi.service.deploymentadmin.DeploymentPackage;

/** What becomes of the package when it is installed, replaced and removed. */
@Isolated("looks for threads that a removed package has left")
class DeploymentPackageIT {

    private static final String NAME = "io.streamrelay";
    private static final String VERSION = "DeploymentPackage-Version";

    @TempDir
    Path folder;

    private static Map<String, String> states(KuraHost host) {
        return host.newcomers().stream()
                .collect(Collectors.toMap(
                        Bundle::getSymbolicName,
                        bundle -> bundle.getState() == Bundle.ACTIVE ? "active" : "state " + bundle.getState(),
                        (one, other) -> one + ", " + other,
                        TreeMap::new));
    }

    private static Map<String, String> allActive() {
        return List.of("api", "crypto", "gossip", "kura", "mqtt", "store", "transport").stream()
                .collect(Collectors.toMap(
                        each -> "io.streamrelay." + each,
                        each -> "active",
                        (one, other) -> one,
                        () -> new TreeMap<>(Map.of("org.xerial.sqlite-jdbc", "active"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {KuraHost.BOUNCY_CASTLE, KuraHost.BOUNCY_CASTLE_OLDEST})
    void allOfItIsActiveOnTheOldestAndTheNewestKura(String bouncyCastle) throws Exception {
        try (KuraHost host = KuraHost.start(folder, bouncyCastle)) {
            host.install(KuraHost.builtPackage());
            assertEquals(allActive(), states(host));
        }
    }

    @Test
    void isReplacedByAnotherVersionAndByTheOlderOneAgain() throws Exception {
        Path next = withVersion("99.0.0");
        try (KuraHost host = KuraHost.start(folder, KuraHost.BOUNCY_CASTLE)) {
            DeploymentPackage first = host.install(KuraHost.builtPackage());
            for (Path file : List.of(next, KuraHost.builtPackage(), KuraHost.builtPackage())) {
                DeploymentPackage installed = host.install(file);
                assertEquals(
                        file == next ? "99.0.0" : first.getVersion().toString(),
                        installed.getVersion().toString());
                assertEquals(allActive(), states(host));
            }
        }
    }

    /** The same package under another version. */
    private Path withVersion(String version) throws IOException {
        Path file = folder.resolve("other.dp");
        try (JarInputStream in = new JarInputStream(Files.newInputStream(KuraHost.builtPackage()))) {
            Manifest manifest = new Manifest(in.getManifest());
            manifest.getMainAttributes().putValue(VERSION, version);
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
        }
        return file;
    }

    @Test
    void leavesNothingBehindWhenItIsRemoved() throws Exception {
        try (KuraGateway gateway = new KuraGateway(folder)) {
            gateway.start();
            KuraHost host = gateway.host();
            DeploymentPackage installed = host.service(DeploymentAdmin.class).getDeploymentPackage(NAME);
            installed.uninstall();
            assertEquals(Map.of(), states(host));
            assertNull(gateway.relay());
            assertTrue(gateway.kura().shown().isEmpty());
            List<String> threads = Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name -> name.startsWith("srp-") || name.startsWith("streamrelay-"))
                    .toList();
            assertEquals(List.of(), threads);

            host.install(KuraHost.builtPackage());
            assertEquals(allActive(), states(host));
            KuraGateway.await("the node again, by the configuration that was kept", () -> gateway.relay() != null);
        }
    }

    @Test
    void hasFormsThatKuraUnderstands() throws Exception {
        List<String> pids = new ArrayList<>();
        forEachJar((name, entry, content) -> {
            if (entry.startsWith("OSGI-INF/metatype/") && entry.endsWith(".xml")) {
                KuraMetatype form = KuraMetatype.read(entry, new ByteArrayInputStream(content));
                assertFalse(form.icon().isEmpty(), form.pid() + " has no icon");
                pids.add(form.pid());
            }
        });
        assertEquals(
                List.of(
                        "io.streamrelay.kura.CloudEndpoint",
                        "io.streamrelay.kura.CloudPublisher",
                        "io.streamrelay.kura.CloudSubscriber",
                        KuraGateway.STATUS_PAGE,
                        "io.streamrelay.kura.WirePublisher",
                        "io.streamrelay.kura.WireSubscriber",
                        KuraGateway.BRIDGE,
                        KuraGateway.NODE,
                        KuraGateway.SUBCLUSTER),
                pids.stream().sorted().toList());
    }

    @Test
    void holdsNothingOfKuras() throws Exception {
        forEachJar((name, entry, content) ->
                assertFalse(entry.startsWith("org/eclipse/kura"), () -> name + " holds " + entry));
    }

    @Test
    void hasAManifestThatSaysWhatIsInIt() throws Exception {
        try (JarInputStream in = new JarInputStream(Files.newInputStream(KuraHost.builtPackage()))) {
            Attributes main = in.getManifest().getMainAttributes();
            assertEquals(NAME, main.getValue("DeploymentPackage-SymbolicName"));
            assertTrue(main.getValue(VERSION).matches("\\d+\\.\\d+\\.\\d+(\\.\\w+)?"), main.getValue(VERSION));
            for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                Attributes section = in.getManifest().getAttributes(entry.getName());
                Attributes own = new JarInputStream(new ByteArrayInputStream(in.readAllBytes()))
                        .getManifest()
                        .getMainAttributes();
                assertEquals(
                        own.getValue("Bundle-SymbolicName").replaceFirst(";.*", ""),
                        section.getValue("Bundle-SymbolicName"));
                assertEquals(own.getValue("Bundle-Version"), section.getValue("Bundle-Version"));
            }
        }
    }

    private interface Visitor {
        void visit(String jar, String entry, byte[] content) throws Exception;
    }

    private static void forEachJar(Visitor visitor) throws Exception {
        try (JarInputStream in = new JarInputStream(Files.newInputStream(KuraHost.builtPackage()))) {
            for (JarEntry jar = in.getNextJarEntry(); jar != null; jar = in.getNextJarEntry()) {
                InputStream bytes = new ByteArrayInputStream(in.readAllBytes());
                try (JarInputStream inside = new JarInputStream(bytes)) {
                    for (JarEntry each = inside.getNextJarEntry(); each != null; each = inside.getNextJarEntry()) {
                        visitor.visit(jar.getName(), each.getName(), inside.readAllBytes());
                    }
                }
            }
        }
    }
}
