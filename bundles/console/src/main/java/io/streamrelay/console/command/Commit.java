// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.command;

import io.streamrelay.api.Receipt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits until a message is on disk. */
final class Commit {

    /** A guess: a slow card under load needs a second, and a person waits for no longer than this. */
    private static final long SECONDS_MAX = 30;

    private Commit() {}

    /** @throws IllegalStateException when it was refused, with the reason, or takes too long */
    static Receipt await(CompletionStage<Receipt> stage) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("refused: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "not on disk after " + SECONDS_MAX + " s; it may still be accepted: see srp:status", e);
        }
    }
}
