// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The form of the page's configuration; what the values may be is checked by {@link PageSettings}. */
@ObjectClassDefinition(
        id = ConsolePage.PID,
        name = "Streamrelay web page",
        description = "Shows the mesh as this gateway sees it, at /srp of the container's web server.")
@interface PageOptions {

    @AttributeDefinition(name = "Enabled", description = "Whether there is a page. Default: true.")
    boolean enabled() default true;

    @AttributeDefinition(
            name = "JAAS realm",
            description = "Whose users may log in, unless a user name and a password are set here. Default: karaf.")
    String realm() default PageSettings.DEFAULT_REALM;

    @AttributeDefinition(
            name = "Role",
            description = "The role that a user of that realm must have to see and use the page. Default: admin.")
    String role() default PageSettings.DEFAULT_ROLE;

    @AttributeDefinition(
            name = "User name",
            description = "The only one who may log in, together with the password, instead of the realm's users."
                    + " Empty for the realm.",
            required = false)
    String username() default "";

    @AttributeDefinition(
            name = "Password",
            description = "The password, or file:/path, or env:NAME. Empty for the realm.",
            type = AttributeType.PASSWORD,
            required = false)
    String password() default "";
}
