// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.cloud;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The form of a {@link MeshPublisher}. */
@ObjectClassDefinition(
        id = MeshPublisher.PID,
        name = "Streamrelay publisher",
        icon = @Icon(resource = "OSGI-INF/icons/streamrelay.png", size = 32),
        description = "Publishes what an application, an asset or a wire graph hands it into a subcluster.")
@interface PublisherConfiguration {

    @AttributeDefinition(
            name = "Topic",
            description = "The topic to publish to. $NAME stands for a property of the message, such as $assetName, or"
                    + " for one of its metrics. There is no default.")
    String topic();

    @AttributeDefinition(
            name = "QoS",
            options = {
                @Option(label = "0", value = "0"),
                @Option(label = "1", value = "1"),
                @Option(label = "2", value = "2")
            },
            description = "The MQTT quality of service that receivers publish it with: 0, 1 or 2. Default: 1.")
    int qos() default 1;

    @AttributeDefinition(
            name = "Retained",
            description = "Whether receivers' brokers keep it as the topic's last message: true or false. Default:"
                    + " false.")
    boolean retain() default false;
}
