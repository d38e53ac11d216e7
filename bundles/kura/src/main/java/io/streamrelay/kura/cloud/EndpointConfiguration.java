// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.cloud;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The form of a {@link MeshEndpoint}. */
@ObjectClassDefinition(
        id = MeshEndpoint.PID,
        name = "Streamrelay cloud endpoint",
        icon = @Icon(resource = "OSGI-INF/icons/streamrelay.png", size = 32),
        description = "Publishes into one subcluster of the mesh, and hears what its members publish.")
@interface EndpointConfiguration {

    @AttributeDefinition(
            name = "Subcluster",
            description = "The name of a Streamrelay subcluster of this gateway. There is no default.")
    String subcluster();

    @AttributeDefinition(
            name = "Format",
            options = {@Option(label = "json", value = "json"), @Option(label = "raw", value = "raw")},
            description = "json: all of a payload (time, position, metrics, body) in Kura's JSON. raw: the body alone."
                    + " Default: json.")
    String format() default "json";
}
