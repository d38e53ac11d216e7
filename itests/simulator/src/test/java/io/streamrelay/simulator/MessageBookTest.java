// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Event;
import org.junit.jupiter.api.Test;

class MessageBookTest {

    private final MessageBook messages = new MessageBook(new Chance(1));
    private final Message message = messages.write(0, Message.TO_ALL, MessageBook.id("all"), 100, 0);

    private static Action.Incoming incoming(Event.Outgoing sent, Id event) {
        return new Action.Incoming(
                sent.subcluster(),
                event,
                sent.signer(),
                sent.signature(),
                sent.extension(),
                sent.sealed(),
                MessageBook.id("packet"),
                null,
                0,
                1);
    }

    @Test
    void recognisesWhatItWrote() {
        messages.write(0, Message.TO_ALL, MessageBook.id("all"), 100, 0);
        Event.Outgoing sent = message.outgoing();
        assertSame(message, messages.read(incoming(sent, sent.event())));
    }

    @Test
    void failsWhenTheEventWasRelabelled() {
        Action.Incoming relabelled = incoming(message.outgoing(), MessageBook.id("another event"));
        assertThrows(Violation.class, () -> messages.read(relabelled));
    }

    @Test
    void failsOnAnAnswerThatNobodyAskedFor() {
        assertSame(message, messages.byToken(1));
        assertThrows(Violation.class, () -> messages.byToken(0));
        assertThrows(Violation.class, () -> messages.byToken(2));
    }
}
