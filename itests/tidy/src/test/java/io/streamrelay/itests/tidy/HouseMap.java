// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.tidy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may know whom, as {@code bundles/README.md} draws it.
 *
 * @param root the package that holds one package for each bundle
 */
record HouseMap(String root) {

    /** For each bundle the packages of others that it may use; a bundle's own and the JDK's go without saying. */
    private static final Map<String, List<String>> KNOWS = Map.ofEntries(
            Map.entry("api", List.of("org.osgi.annotation")),
            Map.entry("crypto", List.of("api", "org.osgi", "org.slf4j", "org.bouncycastle")),
            Map.entry("transport", List.of("api", "org.osgi", "org.slf4j", "javax.jmdns")),
            Map.entry("store", List.of("api", "org.osgi", "org.slf4j", "org.sqlite")),
            Map.entry("gossip", List.of("api", "org.osgi", "org.slf4j", "com.fasterxml.jackson")),
            Map.entry(
                    "mqtt",
                    List.of(
                            "api",
                            "org.osgi",
                            "org.slf4j",
                            "org.sqlite",
                            "org.eclipse.paho",
                            "com.fasterxml.jackson.core")),
            Map.entry("broker", List.of("org.osgi", "org.apache.activemq.artemis")),
            Map.entry("config", List.of("org.osgi", "org.slf4j", "org.apache.felix.utils")),
            Map.entry(
                    "console",
                    List.of(
                            "api",
                            "org.osgi",
                            "org.slf4j",
                            "javax.servlet",
                            "org.apache.karaf",
                            "org.apache.felix.service.command",
                            "org.apache.felix.hc",
                            "com.fasterxml.jackson",
                            "io.prometheus",
                            "com.google.zxing")),
            Map.entry("kura", List.of("api", "org.osgi", "org.slf4j", "org.eclipse.kura", "javax.servlet")));

    /** Third-party packages that a bundle carries inside its jar: none is imported from another. */
    private static final List<String> CARRIED = List.of(
            "com.fasterxml.jackson",
            "javax.jmdns",
            "org.eclipse.paho",
            "org.apache.felix.utils",
            "io.prometheus",
            "com.google.zxing");

    private static final Set<String> JDK = ModuleLayer.boot().modules().stream()
            .filter(module -> module.getName().startsWith("java."))
            .flatMap(module -> module.getPackages().stream())
            .collect(Collectors.toUnmodifiableSet());

    private static final String MAP = "HouseMap and bundles/README.md say who may know whom";

    static List<String> bundles() {
        return KNOWS.keySet().stream().sorted().toList();
    }

    /** A bundle uses its own packages, the JDK's, and those on the map. */
    ArchRule bundle(String name) {
        return classes()
                .that()
                .resideInAPackage(root + "." + name + "..")
                .should(knowOnly(name))
                .because(MAP + ": use the service that api declares, or move the code to the bundle that may");
    }

    private ArchCondition<JavaClass> knowOnly(String bundle) {
        return new ArchCondition<>("know only what " + bundle + " may know") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    if (!mayKnow(bundle, dependency.getTargetClass().getBaseComponentType())) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private boolean mayKnow(String bundle, JavaClass target) {
        return target.isPrimitive() || mayKnow(bundle, target.getPackageName());
    }

    /** Whether classes of a bundle may use a package. */
    boolean mayKnow(String bundle, String packageName) {
        Stream<String> others = KNOWS.getOrDefault(bundle, List.of()).stream()
                .map(known -> known.contains(".") ? known : root + "." + known);
        return JDK.contains(packageName)
                || Stream.concat(Stream.of(root + "." + bundle), others)
                        .anyMatch(known -> isWithin(packageName, known));
    }

    /** Whether a bundle may import a package from another bundle, or from the framework. */
    boolean mayImport(String bundle, String packageName) {
        return mayKnow(bundle, packageName) && CARRIED.stream().noneMatch(carried -> isWithin(packageName, carried));
    }

    private static boolean isWithin(String packageName, String parent) {
        return packageName.equals(parent) || packageName.startsWith(parent + ".");
    }

    /** Inside gossip: node → engine → packet, never back. */
    ArchRule gossipLayers() {
        return CompositeArchRule.of(noneBack("packet", "engine", "node"))
                .and(noneBack("engine", "node"))
                .because(MAP + ": the lower layer must not know who drives it; pass it in as a value or an Event");
    }

    private ArchRule noneBack(String layer, String... above) {
        return noClasses()
                .that()
                .resideInAPackage(layer(layer))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Stream.of(above).map(this::layer).toArray(String[]::new))
                .allowEmptyShould(true);
    }

    private String layer(String name) {
        return root + ".gossip." + name + "..";
    }
}
