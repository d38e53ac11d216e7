// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.container;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.vmOptions;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.ops4j.pax.exam.Option;

/** The distribution as it was built, on ports of its own. */
final class Distribution {

    private static final String KARAF_VERSION = System.getProperty("karaf.version");

    private Distribution() {}

    static Option[] options() {
        return new Option[] {
            karafDistributionConfiguration()
                    .frameworkUrl(archive().toURI().toString())
                    .name("Streamrelay gateway")
                    .unpackDirectory(new File("target/exam"))
                    .useDeployFolder(false),
            keepRuntimeFolder(),
            examRepository(),
            asItsOwnLauncherDoes(),
            systemProperty("streamrelay.mqtt.port").value(System.getenv("STREAMRELAY_MQTT_PORT")),
            bundle(MqttAsyncClient.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString())
        };
    }

    private static File archive() {
        File target = new File("../../features/gateway/target");
        File[] archives = target.listFiles((folder, name) -> name.startsWith("gateway-") && name.endsWith(".tar.gz"));
        if (archives == null || archives.length != 1) {
            throw new IllegalStateException("features/gateway is not built");
        }
        return archives[0];
    }

    private static Option examRepository() {
        return editConfigurationFilePut(
                "etc/org.ops4j.pax.url.mvn.cfg",
                "org.ops4j.pax.url.mvn.defaultRepositories",
                "${karaf.home.uri}${karaf.default.repository}@id=system.repository@snapshots, "
                        + new File("target/exam-repository").toURI()
                        + "@id=exam");
    }

    /** Pax Exam starts the virtual machine itself and does not know what bin/karaf adds on Java 9 and later. */
    private static Option asItsOwnLauncherDoes() {
        String endorsed = "lib/endorsed/org.apache.karaf.specs.";
        return composite(vmOptions(
                "--add-reads=java.xml=java.logging",
                "--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED",
                "--patch-module",
                "java.base=" + endorsed + "locator-" + KARAF_VERSION + ".jar",
                "--patch-module",
                "java.xml=" + endorsed + "java.xml-" + KARAF_VERSION + ".jar",
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.net=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.security=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.util=ALL-UNNAMED",
                "--add-opens",
                "java.naming/javax.naming.spi=ALL-UNNAMED"));
    }
}
