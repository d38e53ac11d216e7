// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How a question says that its asker composes answers: a mark in usr2, which the reference ignores and passes on. */
final class QuestionMark {

    private static final byte[] MARK = "streamrelay/1".getBytes(StandardCharsets.US_ASCII);

    private QuestionMark() {}

    static Packet.Builder set(Packet.Builder question) {
        return question.set(Field.USR2, MARK);
    }

    static boolean isSet(Packet question) {
        return Arrays.equals(question.copy(Field.USR2), MARK);
    }
}
