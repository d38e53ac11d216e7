// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.cloud;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The form of a {@link MeshSubscriber}. */
@ObjectClassDefinition(
        id = MeshSubscriber.PID,
        name = "Streamrelay subscriber",
        icon = @Icon(resource = "OSGI-INF/icons/streamrelay.png", size = 32),
        description = "Hands what members of a subcluster publish to applications and wire graphs.")
@interface SubscriberConfiguration {

    @AttributeDefinition(
            name = "Topic",
            description = "The topics to hear, as an MQTT filter: + for one level, # for all that follow. There is no"
                    + " default.")
    String topic();
}
