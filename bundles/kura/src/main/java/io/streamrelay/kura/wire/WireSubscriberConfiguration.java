// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.wire;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The form of a {@link WireSubscriber}. */
@ObjectClassDefinition(
        id = WireSubscriber.PID,
        name = "Streamrelay subscriber",
        icon = @Icon(resource = "OSGI-INF/icons/streamrelay.png", size = 32),
        description = "Hands its wires a record for each message that members of a subcluster publish.")
@interface WireSubscriberConfiguration {

    @AttributeDefinition(
            name = "Subcluster",
            description = "The name of a Streamrelay subcluster of this gateway. There is no default.")
    String subcluster();

    @AttributeDefinition(
            name = "Topic",
            description = "The topics to hear, as an MQTT filter: + for one level, # for all that follow. There is no"
                    + " default.")
    String topic();

    @AttributeDefinition(
            name = "Format",
            options = {@Option(label = "json", value = "json"), @Option(label = "raw", value = "raw")},
            description = "json: metrics in Kura's JSON are the record's values; what is no such JSON is its body. raw:"
                    + " all is its body. Default: json.")
    String format() default "json";

    @AttributeDefinition(name = "Body", description = "The name that a message's body gets. Default: body.")
    String body() default "body";

    @AttributeDefinition(
            name = "Body type",
            options = {@Option(label = "text", value = "text"), @Option(label = "bytes", value = "bytes")},
            description = "What a message's body becomes: text or bytes. Default: text.")
    String bodyType() default "text";
}
