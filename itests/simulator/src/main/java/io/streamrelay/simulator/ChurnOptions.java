// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

/**
 * How nodes come and go.
 *
 * @param way what becomes of a node that goes
 * @param upMeanMs how long a node stays up in the mean, exponentially distributed
 * @param downMeanMs how long it is away in the mean, exponentially distributed
 */
public record ChurnOptions(Way way, long upMeanMs, long downMeanMs) {

    /** What becomes of a node that goes. */
    public enum Way {
        /** It stops cleanly and comes back with its store. */
        RESTART,
        /** Its power fails, and it comes back with what was committed. */
        CRASH,
        /** It is gone for good; another one, with nothing, comes for it. */
        REPLACE
    }

    public ChurnOptions {
        if (upMeanMs < 1 || downMeanMs < 1) {
            throw new IllegalArgumentException(
                    "upMeanMs " + upMeanMs + ", downMeanMs " + downMeanMs + ": at least 1 ms");
        }
    }
}
