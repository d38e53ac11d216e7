// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The deployment package for Eclipse Kura on Kura's framework. {@link io.streamrelay.itests.equinox.KuraHost} is a
 * gateway with what Kura brings, {@link io.streamrelay.itests.equinox.KuraStandIn} does to configurations what Kura
 * does, and {@link io.streamrelay.itests.equinox.KuraMetatype} reads forms as Kura reads them.
 */
package io.streamrelay.itests.equinox;
