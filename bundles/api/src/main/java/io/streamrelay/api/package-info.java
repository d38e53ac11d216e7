// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What an application compiles against: a {@link io.streamrelay.api.StreamRelay} node, its subclusters, and the
 * messages that pass through them.
 */
@Export
@Version("2.3.0")
package io.streamrelay.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
