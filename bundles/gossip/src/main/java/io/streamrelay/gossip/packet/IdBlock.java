// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Id;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * The ids of a set that begin with the same two hex digits, sorted, and beside them their text in a row, which is what
 * digests are made of. Digests of the whole and of three digits are kept until an id below them changes.
 */
final class IdBlock {

    private static final int TEXT_BYTES = 2 * Id.BYTES;

    /** How many digits all ids here begin with. */
    private static final int DIGITS = 2;

    /** Where the digest of the whole is kept, behind those of the next digit. */
    private static final int WHOLE = Summary.BUCKETS;

    // Most blocks of a small set hold one id.
    private Id[] ids = new Id[1];
    private byte[] text = new byte[TEXT_BYTES];
    private int size;
    /** Null while nobody has asked for any. */
    private byte[][] kept;

    int size() {
        return size;
    }

    boolean contains(Id id) {
        return find(id) >= 0;
    }

    /** False when it was there already. */
    boolean insert(Id id) {
        int found = find(id);
        if (found >= 0) {
            return false;
        }
        int at = -found - 1;
        if (size == ids.length) {
            int room = size + size / 2 + 1;
            ids = Arrays.copyOf(ids, room);
            text = Arrays.copyOf(text, room * TEXT_BYTES);
        }
        move(at, at + 1);
        ids[at] = id;
        for (int digit = 0; digit < TEXT_BYTES; digit++) {
            text[at * TEXT_BYTES + digit] = Digests.hexDigit(id.nibble(digit));
        }
        size++;
        forgetDigests(id);
        return true;
    }

    /** False when it was not there. */
    boolean remove(Id id) {
        int at = find(id);
        if (at < 0) {
            return false;
        }
        move(at + 1, at);
        size--;
        ids[size] = null;
        forgetDigests(id);
        return true;
    }

    private int find(Id id) {
        return Arrays.binarySearch(ids, 0, size, id);
    }

    /** All from one place on. */
    private void move(int from, int to) {
        System.arraycopy(ids, from, ids, to, size - from);
        System.arraycopy(text, from * TEXT_BYTES, text, to * TEXT_BYTES, (size - from) * TEXT_BYTES);
    }

    private void forgetDigests(Id id) {
        if (kept != null) {
            kept[WHOLE] = null;
            kept[id.nibble(DIGITS)] = null;
        }
    }

    /** Goes on with a digest, by all that is here. */
    void update(MessageDigest digest) {
        digest.update(text, 0, size * TEXT_BYTES);
    }

    /** The digest of the ids with a prefix of two digits or more; null without any. */
    byte[] digest(byte[] prefix) {
        if (prefix.length > DIGITS + 1) {
            return makeDigest(prefix);
        }
        kept = kept == null ? new byte[WHOLE + 1][] : kept;
        int place = prefix.length == DIGITS ? WHOLE : Character.digit(prefix[DIGITS], Summary.BUCKETS);
        if (kept[place] == null) {
            kept[place] = makeDigest(prefix);
        }
        return kept[place];
    }

    private byte[] makeDigest(byte[] prefix) {
        int from = firstNotBefore(prefix, 0);
        int to = firstNotBefore(prefix, 1);
        if (from == to) {
            return null;
        }
        MessageDigest sha1 = Digests.sha1();
        sha1.update(text, from * TEXT_BYTES, (to - from) * TEXT_BYTES);
        return sha1.digest();
    }

    /** The ids with a prefix of two digits or more. */
    List<Id> ids(byte[] prefix) {
        return Arrays.asList(ids).subList(firstNotBefore(prefix, 0), firstNotBefore(prefix, 1));
    }

    /** The first whose beginning, compared with the prefix, is not less than that: 0 for the first with it, 1 for the next. */
    private int firstNotBefore(byte[] prefix, int least) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            int from = middle * TEXT_BYTES;
            int compared = Arrays.compare(text, from, from + prefix.length, prefix, 0, prefix.length);
            if (Integer.signum(compared) < least) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
