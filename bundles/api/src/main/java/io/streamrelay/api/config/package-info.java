// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** Reading configuration from ConfigAdmin: checked once, refused with a message that helps. */
@Export
@Version("1.2.0")
package io.streamrelay.api.config;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
