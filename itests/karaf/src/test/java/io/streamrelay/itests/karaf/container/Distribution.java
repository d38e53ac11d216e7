// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.container;

import static org.ops4j.pax.exam.CoreOptions.mavenBundle;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import org.ops4j.pax.exam.Option;

/** The distribution as it was built, on ports of its own. */
final class Distribution {

    private Distribution() {}

    static Option[] options() {
        return new Option[] {
            karafDistributionConfiguration()
                    .frameworkUrl(archive().toURI().toString())
                    .name("Streamrelay gateway")
                    .unpackDirectory(new File("target/exam"))
                    .useDeployFolder(false),
            keepRuntimeFolder(),
            systemProperty("streamrelay.mqtt.port").value(System.getenv("STREAMRELAY_MQTT_PORT")),
            systemProperty("org.ops4j.pax.url.mvn.localRepository")
                    .value(System.getProperty("org.ops4j.pax.url.mvn.localRepository")),
            mavenBundle("org.eclipse.paho", "org.eclipse.paho.client.mqttv3").versionAsInProject()
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
}
