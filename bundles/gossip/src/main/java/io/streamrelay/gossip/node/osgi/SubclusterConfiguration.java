// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What forms and consoles show of {@link SubclusterComponent}'s settings. */
@ObjectClassDefinition(
        id = SubclusterComponent.PID,
        name = "Streamrelay subcluster",
        icon = @Icon(resource = "OSGI-INF/icons/streamrelay.png", size = 32),
        description = "A group of peers that share a key: what one of them sends, all others can read. Every change"
                + " applies at once.")
@interface SubclusterConfiguration {

    @AttributeDefinition(
            name = "Name",
            description = "The name that this gateway's routes know the subcluster by: letters, digits, dot, dash and"
                    + " underscore. There is no default.")
    String name();

    @AttributeDefinition(
            name = "Shared key",
            type = AttributeType.PASSWORD,
            required = false,
            description = "What the members share: a passphrase, or hex: and 64 hex digits; it may stand elsewhere as"
                    + " file:/path or env:NAME. Default: empty, a random key that is made at the first start and kept in"
                    + " the data directory as keys/NAME.key.")
    String sharedKey() default "";

    @AttributeDefinition(
            name = "Trusted senders",
            required = false,
            cardinality = 10,
            description =
                    "The sender keys whose messages are taken, each 64 hex digits; it concerns enveloped messages."
                            + " Default: none, every member is trusted.")
    String[] senders() default {};

    @AttributeDefinition(
            name = "Lifetime",
            required = false,
            description = "How long a message lives in the mesh: a number and s, m, h or d (seconds, minutes, hours,"
                    + " days), 1s to 30d. Default: 7d.")
    String lifetime() default "7d";

    @AttributeDefinition(
            name = "Wait for order",
            required = false,
            description = "How long a message that has come before its sender's earlier ones waits for them: seconds,"
                    + " or a number and s, m, h or d, 0 to 30d; 0 = hand over as they come. From the lifetime on, no"
                    + " message overtakes another as long as there is room (4 MB for each sender, 8 MB in all)."
                    + " Default: 5.")
    String orderWait() default "5";
}
