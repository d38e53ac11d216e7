// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A question to whoever is within reach. It is not sealed: everybody on the way can read it, and anybody may answer.
 * The array is not copied: do not change it afterwards.
 *
 * @param body JSON text in UTF-8, which JavaScript peers understand, or any other bytes; 1 to 1,024 bytes, and not the
 *     JSON value null
 * @param patience how long answers are waited for, 10 ms to 30 s: the reference forgets the way back after that
 * @param answersMax how many answers are enough, 1 to 64
 */
public record Query(byte[] body, Duration patience, int answersMax) {

    /** What fits one packet. */
    public static final int BODY_BYTES_MAX = 1024;

    /** A guess: some round trips over 16 hops. */
    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);

    private static final int ANSWERS_MAX = 64;
    private static final Duration PATIENCE_MIN = Duration.ofMillis(10);
    private static final Duration PATIENCE_MAX = Duration.ofSeconds(30);

    public Query {
        if (body.length < 1 || body.length > BODY_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "body: has " + body.length + " bytes; 1 to " + BODY_BYTES_MAX + " are allowed");
        }
        if (new String(body, StandardCharsets.UTF_8).strip().equals("null")) {
            throw new IllegalArgumentException("body: is the JSON value null, which ends JavaScript peers");
        }
        if (patience.compareTo(PATIENCE_MIN) < 0 || patience.compareTo(PATIENCE_MAX) > 0) {
            throw new IllegalArgumentException(
                    "patience: " + patience + " is not between " + PATIENCE_MIN + " and " + PATIENCE_MAX);
        }
        if (answersMax < 1 || answersMax > ANSWERS_MAX) {
            throw new IllegalArgumentException("answersMax: " + answersMax + " is not between 1 and " + ANSWERS_MAX);
        }
    }

    /** Waits 5 s for as many answers as there may be. */
    public static Query of(byte[] body) {
        return new Query(body, DEFAULT_PATIENCE, ANSWERS_MAX);
    }

    /** As {@link #of(byte[])}, with text, such as a JSON object. */
    public static Query of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Asks for a packet that somebody may hold; the answer is its sealed message, and one is enough. */
    public static Query forPacket(Id packetId) {
        return of("{\"packetId\":\"" + packetId.hex() + "\"}").enough(1);
    }

    /** The same with another patience, 10 ms to 30 s. */
    public Query within(Duration other) {
        return new Query(body, other, answersMax);
    }

    /** The same, which ends when that many answers have come, 1 to 64. */
    public Query enough(int answers) {
        return new Query(body, patience, answers);
    }
}
