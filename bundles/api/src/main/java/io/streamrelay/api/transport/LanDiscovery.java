// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.transport;

import io.streamrelay.api.Registration;
import org.osgi.annotation.versioning.ProviderType;

/** Lets nodes on one local network find each other, without anybody's help. Thread-safe. */
@ProviderType
@FunctionalInterface
public interface LanDiscovery {

    /** Announces a node and tells of others until the registration is closed, which takes up to 3 s. Returns at once. */
    Registration start(LanNode self, LanListener listener);

    /** Says nothing and hears nothing. */
    static LanDiscovery none() {
        return (self, listener) -> () -> {};
    }
}
