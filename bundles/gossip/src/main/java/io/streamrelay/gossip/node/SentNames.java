// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.gossip.node.envelope.Cbor;
import io.streamrelay.gossip.node.envelope.CborReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Under which names a consumer has sent, as notes of the store that are committed with the messages: whoever was cut off
 * before it could tell others that a message is safe finds out that it is. One note for each commit, in a ring of places.
 * Thread-safe.
 */
final class SentNames {

    private static final Logger LOG = LoggerFactory.getLogger(SentNames.class);

    private static final int NAME_CHARS_MAX = 64;

    /** The key of a note has up to 512 characters. */
    private static final int CONSUMER_CHARS_MAX = 500;

    private static final int PREFIX_CHARS_MAX = CONSUMER_CHARS_MAX + "sent//".length();

    /** Each has one name at least. Our own choice: what an MQTT broker may have in flight, and as much again. */
    private static final int PLACES = 1_024;

    private final PacketStore store;
    private final String prefix;
    private long next;

    /** @param consumer the consumer's name, unique in the node */
    SentNames(PacketStore store, String consumer) {
        this.store = store;
        this.prefix = "sent/" + consumer + "/";
    }

    /** @throws IllegalArgumentException when it is too short or too long, or the consumer's is */
    String checked(String name) {
        if (name.isEmpty() || name.length() > NAME_CHARS_MAX) {
            throw new IllegalArgumentException("name: '" + name + "' has " + name.length() + " characters; 1 to "
                    + NAME_CHARS_MAX + " are allowed");
        }
        if (prefix.length() > PREFIX_CHARS_MAX) {
            throw new IllegalArgumentException("name: a consumer whose own name, with its subcluster's, is longer than "
                    + CONSUMER_CHARS_MAX + " characters cannot send under names");
        }
        return name;
    }

    /** What is to be committed with these messages. */
    static List<StoreChange> notes(List<PendingMessage> messages) {
        Map<ConsumerQueue, List<String>> names = new LinkedHashMap<>();
        for (PendingMessage message : messages) {
            if (message.name() != null) {
                names.computeIfAbsent(message.from(), queue -> new ArrayList<>())
                        .add(message.name());
            }
        }
        List<StoreChange> notes = new ArrayList<>(names.size());
        names.forEach((queue, sent) -> notes.add(queue.sentNames().note(sent)));
        return notes;
    }

    private synchronized StoreChange note(List<String> names) {
        if (next == 0) {
            next = 1
                    + read().keySet().stream().mapToLong(number -> number).max().orElse(0);
        }
        long number = next++;
        byte[] note = Cbor.encode(cbor -> {
            cbor.writeStartArray(null, 1 + names.size());
            cbor.writeNumber(number);
            for (String name : names) {
                cbor.writeString(name);
            }
            cbor.writeEndArray();
        });
        // With as many digits each, so that places that follow each other share a page of the store.
        return new StoreChange.PutNote(prefix + "%04d".formatted(number % PLACES), note);
    }

    /** All that are known, in their order. */
    List<String> all() {
        return read().values().stream().flatMap(List::stream).toList();
    }

    private TreeMap<Long, List<String>> read() {
        TreeMap<Long, List<String>> names = new TreeMap<>();
        store.notes(prefix).forEach((key, note) -> {
            try (CborReader cbor = new CborReader(note)) {
                cbor.openArray();
                long number = cbor.integer(1, Long.MAX_VALUE);
                List<String> together = new ArrayList<>();
                while (cbor.more()) {
                    together.add(cbor.text(NAME_CHARS_MAX));
                }
                cbor.closeArray();
                cbor.end();
                names.put(number, together);
            } catch (IOException e) {
                LOG.warn("what a consumer has sent cannot be read; some of it may be sent again: {}", key, e);
            }
        });
        return names;
    }
}
