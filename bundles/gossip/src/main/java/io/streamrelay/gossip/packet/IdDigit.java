// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Id;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The ids of a set that begin with the same hex digit. Their digest covers all of them, so that it is half made already
 * for each block: what it was before a block that has changed is kept, and it is made from there.
 */
final class IdDigit {

    /** For fewer ids a state, which takes as much memory as some of them, saves little. */
    private static final int IDS_PER_STATE = 16;

    private final IdBlock[] blocks = new IdBlock[Summary.BUCKETS];
    /** Of the digest before a block; null where it was not worth it, or is stale. */
    private final MessageDigest[] states = new MessageDigest[Summary.BUCKETS];

    private byte[] digest;
    private int size;

    boolean contains(Id id) {
        IdBlock block = blocks[id.nibble(1)];
        return block != null && block.contains(id);
    }

    /** False when it was there already. */
    boolean insert(Id id) {
        int digit = id.nibble(1);
        if (blocks[digit] == null) {
            blocks[digit] = new IdBlock();
        }
        return blocks[digit].insert(id) && changed(digit, 1);
    }

    /** False when it was not there. */
    boolean remove(Id id) {
        int digit = id.nibble(1);
        if (blocks[digit] == null || !blocks[digit].remove(id)) {
            return false;
        }
        if (blocks[digit].size() == 0) {
            blocks[digit] = null;
        }
        return changed(digit, -1);
    }

    private boolean changed(int digit, int difference) {
        size += difference;
        digest = null;
        Arrays.fill(states, digit + 1, states.length, null);
        return true;
    }

    Stream<IdBlock> blocks() {
        return Stream.of(blocks).filter(Objects::nonNull);
    }

    /** Null when there is none. */
    IdBlock block(int digit) {
        return blocks[digit];
    }

    /** Null when nothing is here. */
    byte[] digest() {
        if (digest == null && size > 0) {
            digest = makeDigest();
        }
        return digest;
    }

    private byte[] makeDigest() {
        int first = states.length - 1;
        while (first > 0 && states[first] == null) {
            first--;
        }
        MessageDigest sha1 = states[first] == null ? Digests.sha1() : copy(states[first]);
        int sinceState = 0;
        for (int digit = first; digit < blocks.length; digit++) {
            if (sinceState >= IDS_PER_STATE) {
                states[digit] = copy(sha1);
                sinceState = 0;
            }
            if (blocks[digit] != null) {
                blocks[digit].update(sha1);
                sinceState += blocks[digit].size();
            }
        }
        return sha1.digest();
    }

    /** Null where this Java runtime's digests cannot be copied: then each begins from the front. */
    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            return null;
        }
    }
}
