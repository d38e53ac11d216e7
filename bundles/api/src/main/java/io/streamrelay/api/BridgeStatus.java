// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import org.osgi.annotation.versioning.ProviderType;

/** Tells how a bridge is: a service for each bridge. Thread-safe. */
@ProviderType
public interface BridgeStatus {

    /** How it is at this moment. */
    BridgeInfo info();
}
