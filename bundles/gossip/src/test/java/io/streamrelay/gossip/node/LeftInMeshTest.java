// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.Id;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Action.Incoming;
import io.streamrelay.gossip.engine.Event;
import io.streamrelay.gossip.node.order.OrderRoom;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receiver of raw messages whose taker has no room at times. */
class LeftInMeshTest {

    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean full = true;
    private TestParts parts;
    private Sealer sealer;
    private SubclusterMemory memory;
    private Receiver receiver;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        parts = new TestParts(folder);
        sealer = parts.keys.sealer(parts.keys.sharedKey("secret"));
        memory = SubclusterMemory.of(sealer.subclusterId(), parts.parts, new OrderRoom());
        receiver = new Receiver(parts.parts, sealer, memory, new StreamInbox(parts.dispatcher, parts.clock));
        memory.taker().become(new Taker.Hand() {
            @Override
            public void take(List<Arrival> arrivals, List<StoreChange> notes) {
                arrivals.forEach(
                        arrival -> received.add(new String(arrival.message().payload(), StandardCharsets.UTF_8)));
            }

            @Override
            public boolean isFull() {
                return full;
            }
        });
    }

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void whatStaysIsNotTakenAndComesAgainBeforeWhatCameLater() throws Exception {
        receive(false, 1);
        receive(false, 2);
        assertEquals(List.of(), received);
        full = false;
        receive(false, 3);
        assertEquals(List.of(), received, "none passes those that wait");
        assertEquals(List.of(new Event.TakesAgain(sealer.subclusterId())), parts.events());
        receive(true, 1);
        receive(true, 2);
        receive(true, 3);
        receive(false, 4);
        assertEquals(List.of("1", "2", "3", "4"), received);
        List<Event> taken = new ArrayList<>();
        while (taken.size() < 4) {
            taken.addAll(parts.events());
        }
        assertEquals(List.of(taken(1), taken(2), taken(3), taken(4)), taken);
    }

    @Test
    void whatFindsNoRoomWhenItComesAgainStays() throws Exception {
        receive(false, 1);
        receive(false, 2);
        full = false;
        parts.events();
        receive(true, 1);
        full = true;
        receive(true, 2);
        assertEquals(List.of("1"), received);
        assertEquals(List.of(taken(1)), parts.events());
        full = false;
        assertEquals(List.of(new Event.TakesAgain(sealer.subclusterId())), parts.events());
        receive(true, 2);
        assertEquals(List.of("1", "2"), received);
    }

    @Test
    void waitsForNothingThatTheMeshHasLetGo() throws Exception {
        receive(false, 1);
        memory.letGo(List.of(new Action.LetGo(sealer.subclusterId(), packet(1), packet(1))), parts.parts);
        full = false;
        receive(false, 2);
        assertEquals(List.of("2"), received);
    }

    private void receive(boolean waited, int number) throws Exception {
        byte[] sealed = sealer.seal(Integer.toString(number).getBytes(StandardCharsets.UTF_8));
        receiver.receive(new Incoming(
                sealer.subclusterId(),
                EventIds.of("event"),
                null,
                null,
                null,
                sealed,
                packet(number),
                null,
                0,
                1,
                waited));
        TestParts.await(memory.lane());
    }

    private static Event taken(int number) {
        return new Event.Taken(packet(number));
    }

    private static Id packet(int number) {
        return Id.ofHex("%064x".formatted(number));
    }
}
