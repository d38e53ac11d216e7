// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What cloud connections and wire components share: a way into a subcluster whether it is open or not, and Kura's
 * payloads as messages.
 */
package io.streamrelay.kura.link;
