// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Remembers packets, deliveries, consumers and peers behind the contract of {@code io.streamrelay.api.store}. This
 * store keeps packets, deliveries and consumers in memory; epoch and peers are files in the store's folder.
 */
package io.streamrelay.store;
