// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.wire;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The form of a {@link WirePublisher}. */
@ObjectClassDefinition(
        id = WirePublisher.PID,
        name = "Streamrelay publisher",
        icon = @Icon(resource = "OSGI-INF/icons/streamrelay.png", size = 32),
        description = "Publishes each record that its wires bring into a subcluster of the mesh.")
@interface WirePublisherConfiguration {

    @AttributeDefinition(
            name = "Subcluster",
            description = "The name of a Streamrelay subcluster of this gateway. There is no default.")
    String subcluster();

    @AttributeDefinition(
            name = "Topic",
            description = "The topic to publish to. $NAME stands for a value of the record, such as $assetName. There"
                    + " is no default.")
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

    @AttributeDefinition(
            name = "Format",
            options = {@Option(label = "json", value = "json"), @Option(label = "raw", value = "raw")},
            description = "json: the record's values as metrics in Kura's JSON. raw: the value named Body alone."
                    + " Default: json.")
    String format() default "json";

    @AttributeDefinition(
            name = "Body",
            required = false,
            description =
                    "The name of the value that is the message's body, which the format raw needs. Default: none.")
    String body();
}
