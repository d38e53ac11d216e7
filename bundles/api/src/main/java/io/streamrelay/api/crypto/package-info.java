// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** The contract of sealing and signing: which bytes, never which library. */
@Export
@Version("1.0.0")
package io.streamrelay.api.crypto;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
