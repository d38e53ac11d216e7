// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** A subcluster at both ends of Kura's wire graphs. */
package io.streamrelay.kura.wire;
