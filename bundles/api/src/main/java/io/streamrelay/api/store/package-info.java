// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** The contract of remembering: what is committed here survives the node. */
@Export
@Version("1.0.0")
package io.streamrelay.api.store;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
