// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** The real bundles in the real distribution, and what it is configured with. */
package io.streamrelay.itests.karaf;
