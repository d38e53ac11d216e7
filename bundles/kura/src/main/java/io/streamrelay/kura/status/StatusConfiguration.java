// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.status;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The form of the {@link StatusPage}. */
@ObjectClassDefinition(
        id = StatusPage.PID,
        name = "Streamrelay status page",
        icon = @Icon(resource = "OSGI-INF/icons/streamrelay.png", size = 32),
        description = "Shows the node, its peers and its backlog at https://GATEWAY/streamrelay. It has a user name and"
                + " a password of its own.")
@interface StatusConfiguration {

    @AttributeDefinition(
            name = "Enabled",
            description = "Whether there is a page. It also needs a password. Default: false.")
    boolean enabled() default false;

    @AttributeDefinition(
            name = "User name",
            description = "Whom the page is shown to, without a colon. Default: streamrelay.")
    String username() default "streamrelay";

    @AttributeDefinition(
            name = "Password",
            description = "The password, or file:/path, or env:NAME. There is no default, and no page without one.",
            type = AttributeType.PASSWORD,
            required = false)
    String password() default "";
}
