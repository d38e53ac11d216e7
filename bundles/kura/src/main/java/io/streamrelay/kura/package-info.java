// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What Eclipse Kura needs on top. Its console configures services that say so:
 * {@link io.streamrelay.kura.ConfigurableNode}, {@link io.streamrelay.kura.ConfigurableSubcluster} and
 * {@link io.streamrelay.kura.ConfigurableBridge} say so for components of other bundles, whose PIDs they share.
 * {@link io.streamrelay.kura.KuraSecretKeeper} deciphers the passwords that Kura hands over. Applications on Kura
 * publish into a subcluster through {@link io.streamrelay.kura.cloud.MeshEndpoint}. Kura's web server shows the node on a
 * page of {@link io.streamrelay.kura.status.StatusPage}.
 */
package io.streamrelay.kura;
