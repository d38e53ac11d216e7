// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Health checks for Apache Felix, where there are such: who runs those with the tag {@code srp} sees the same findings as
 * {@code srp:status} has.
 */
package io.streamrelay.console.health;
