// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.service.deploymentadmin.DeploymentAdmin;
import org.osgi.service.deploymentadmin.DeploymentException;
import org.osgi.service.deploymentadmin.DeploymentPackage;

/** A gateway with Kura's framework and those of its bundles that ours meet; each start forgets what the framework kept. */
final class KuraHost implements AutoCloseable {

    /** What Kura 5.5 has; 5.0 has 1.65, under another name. */
    static final String BOUNCY_CASTLE = "bcprov-jdk18on-1.77.jar";

    static final String BOUNCY_CASTLE_OLDEST = "bcprov-jdk15on-1.65.jar";

    /** Kura's packages in the versions of 5.0, and what the tests themselves call. */
    private static final List<String> EXTRA = List.of(
            "org.eclipse.kura;version=1.0.0",
            "org.eclipse.kura.configuration;version=1.2.0",
            "org.eclipse.kura.crypto;version=1.3.0",
            "org.eclipse.kura.cloudconnection;version=1.0.0",
            "org.eclipse.kura.cloudconnection.factory;version=1.0.0",
            "org.eclipse.kura.cloudconnection.listener;version=1.0.0",
            "org.eclipse.kura.cloudconnection.message;version=1.0.0",
            "org.eclipse.kura.cloudconnection.publisher;version=1.0.0",
            "org.eclipse.kura.cloudconnection.subscriber;version=1.0.0",
            "org.eclipse.kura.cloudconnection.subscriber.listener;version=1.0.0",
            "org.eclipse.kura.marshalling;version=1.0.0",
            "org.eclipse.kura.message;version=1.4.0",
            "org.eclipse.kura.type;version=1.1.0",
            "org.eclipse.kura.wire;version=2.0.0",
            "org.osgi.service.cm;version=1.6.0",
            "org.osgi.service.deploymentadmin;version=1.1.0",
            "org.osgi.service.deploymentadmin.spi;version=1.0.1",
            "org.osgi.service.wireadmin;version=1.0.1");

    private static final Path BUNDLES = Path.of(System.getProperty("kura.bundles"));
    private static final Path WEB_SERVER = Path.of(System.getProperty("kura.web.server"));
    private static final Path PACKAGE = Path.of(System.getProperty("streamrelay.dp"));

    private final Framework framework;
    private final Set<String> before;

    private KuraHost(Framework framework) {
        this.framework = framework;
        this.before = bundleNames();
    }

    /** @param home Kura's folder, which outlives starts */
    static KuraHost start(Path home, String bouncyCastle) throws BundleException, IOException {
        return start(Map.of("kura.home", home.toString()), kurasJars(bouncyCastle));
    }

    /** With Kura's web server on the loopback interface, by http. */
    static KuraHost startWithWebServer(Path home, int port) throws BundleException, IOException {
        List<Path> jars = new ArrayList<>(kurasJars(BOUNCY_CASTLE));
        jars.addAll(jarsIn(WEB_SERVER));
        return start(
                Map.of(
                        "kura.home",
                        home.toString(),
                        "org.eclipse.equinox.http.jetty.http.host",
                        "127.0.0.1",
                        "org.eclipse.equinox.http.jetty.http.port",
                        Integer.toString(port)),
                jars);
    }

    private static KuraHost start(Map<String, String> properties, List<Path> jars) throws BundleException, IOException {
        Map<String, String> all = new HashMap<>(properties);
        all.put(
                Constants.FRAMEWORK_STORAGE,
                Files.createTempDirectory(Files.createDirectories(Path.of(properties.get("kura.home"))), "framework")
                        .toString());
        all.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        all.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, String.join(",", EXTRA));
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(all);
        framework.start();
        install(framework.getBundleContext(), jars);
        return new KuraHost(framework);
    }

    private static void install(BundleContext context, List<Path> jars) throws BundleException {
        List<Bundle> bundles = new ArrayList<>();
        for (Path jar : jars) {
            bundles.add(context.installBundle(jar.toUri().toString()));
        }
        for (Bundle bundle : bundles) {
            if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                bundle.start();
            }
        }
    }

    private static List<Path> kurasJars(String bouncyCastle) throws IOException {
        return jarsIn(BUNDLES).stream()
                .filter(jar -> !jar.getFileName().toString().startsWith("bcprov") || jar.endsWith(bouncyCastle))
                .toList();
    }

    private static List<Path> jarsIn(Path folder) throws IOException {
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.sorted().toList();
        }
    }

    /** The deployment package that was built. */
    static Path builtPackage() {
        return PACKAGE;
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    <T> T service(Class<T> type) {
        ServiceReference<T> reference = context().getServiceReference(type);
        if (reference == null) {
            throw new IllegalStateException("there is no " + type.getSimpleName());
        }
        return context().getService(reference);
    }

    DeploymentPackage install(Path file) throws IOException, DeploymentException {
        try (InputStream in = Files.newInputStream(file)) {
            return service(DeploymentAdmin.class).installDeploymentPackage(in);
        }
    }

    /** Bundles that are in no package. */
    void install(Path... jars) throws BundleException {
        install(context(), List.of(jars));
    }

    /** What has come since Kura's own were there. */
    List<Bundle> newcomers() {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> !before.contains(bundle.getSymbolicName()))
                .toList();
    }

    private Set<String> bundleNames() {
        return Arrays.stream(framework.getBundleContext().getBundles())
                .map(Bundle::getSymbolicName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }
}
