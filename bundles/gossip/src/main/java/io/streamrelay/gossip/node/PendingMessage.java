// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Message;
import io.streamrelay.api.Receipt;
import java.util.concurrent.CompletableFuture;

/**
 * A message that waits for its envelope.
 *
 * @param bytes what it takes in an envelope at most
 * @param sinceMs when the application sent it, monotonic
 * @param from the consumer that sent it, or null
 * @param name what that consumer is to find it by after a restart, or null
 * @param stage what the application waits for
 */
record PendingMessage(
        Message message, int bytes, long sinceMs, ConsumerQueue from, String name, CompletableFuture<Receipt> stage) {}
