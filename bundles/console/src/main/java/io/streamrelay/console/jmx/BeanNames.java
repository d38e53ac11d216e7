// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.jmx;

import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** How the beans are called. */
final class BeanNames {

    private static final String DOMAIN = "io.streamrelay";

    /** What a value cannot have in it without quotes. */
    private static final String SPECIAL = ".*[,=:\"*?\\s].*";

    private BeanNames() {}

    static ObjectName node(String peerId) {
        return name("type=Node,peer=" + peerId);
    }

    /** @param type {@code Subcluster} or {@code Bridge} */
    static ObjectName part(String type, String peerId, String name) {
        String value = name.matches(SPECIAL) ? ObjectName.quote(name) : name;
        return name("type=" + type + ",peer=" + peerId + ",name=" + value);
    }

    private static ObjectName name(String keys) {
        try {
            return new ObjectName(DOMAIN + ":" + keys);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(keys, e);
        }
    }
}
