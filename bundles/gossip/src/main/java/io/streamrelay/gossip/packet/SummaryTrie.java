// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Id;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The set of packet ids that a peer holds, with what it says of them to others: for each prefix of hex digits the
 * SHA-1 over the sorted ids that begin with it, as lower-case hex text, one after the other (protocol-v6 §3.16).
 *
 * <p>By this definition a digest covers every id below its prefix, so that one more id makes one digest of each level
 * stale. Only those are forgotten, and made anew when somebody asks. Not thread-safe.
 */
public final class SummaryTrie {

    /**
     * Digests are kept down to prefixes of this length, 4,368 in all. Longer prefixes have few ids: under two for the
     * reference's cache of 6,604.
     */
    private static final int KEPT_DIGITS = 3;

    private static final int HEX_DIGITS = 2 * Id.BYTES;

    private final NavigableSet<Id> ids = new TreeSet<>();

    /** By the number of digits, then by their value; null where the digest is to be made, or there are no ids. */
    private final byte[][][] digests = new byte[KEPT_DIGITS + 1][][];

    /** An empty set. */
    public SummaryTrie() {
        for (int digits = 1; digits <= KEPT_DIGITS; digits++) {
            digests[digits] = new byte[1 << 4 * digits][];
        }
    }

    /** Adds an id; false when it was there already. */
    public boolean insert(Id id) {
        return ids.add(id) && forgetDigests(id);
    }

    /** Takes an id out; false when it was not there. */
    public boolean remove(Id id) {
        return ids.remove(id) && forgetDigests(id);
    }

    public boolean contains(Id id) {
        return ids.contains(id);
    }

    public int size() {
        return ids.size();
    }

    /**
     * What is held under a prefix of 0 to 63 lower-case hex digits.
     *
     * @throws IllegalArgumentException for another prefix
     */
    public Summary summary(String prefix) {
        if (prefix.length() >= HEX_DIGITS) {
            throw new IllegalArgumentException("a prefix has at most 63 digits, not " + prefix.length());
        }
        byte[][] buckets = new byte[Summary.BUCKETS][];
        for (int digit = 0; digit < Summary.BUCKETS; digit++) {
            buckets[digit] = digest(prefix + Character.forDigit(digit, 16));
        }
        return Summary.of(prefix, buckets);
    }

    /** The hash of everything: equal sets have equal ones. */
    public byte[] hash() {
        return summary("").hash();
    }

    /** The ids that begin with these hex digits, sorted, as a copy. */
    public List<Id> ids(String prefix) {
        return List.copyOf(below(prefix));
    }

    private NavigableSet<Id> below(String prefix) {
        int free = HEX_DIGITS - prefix.length();
        return ids.subSet(Id.ofHex(prefix + "0".repeat(free)), true, Id.ofHex(prefix + "f".repeat(free)), true);
    }

    private byte[] digest(String prefix) {
        if (prefix.length() > KEPT_DIGITS) {
            return makeDigest(prefix);
        }
        byte[][] level = digests[prefix.length()];
        int slot = Integer.parseInt(prefix, 16);
        if (level[slot] == null) {
            level[slot] = makeDigest(prefix);
        }
        return level[slot];
    }

    private byte[] makeDigest(String prefix) {
        NavigableSet<Id> members = below(prefix);
        if (members.isEmpty()) {
            return null;
        }
        MessageDigest sha1 = Digests.sha1();
        for (Id id : members) {
            sha1.update(id.hex().getBytes(StandardCharsets.US_ASCII));
        }
        return sha1.digest();
    }

    private boolean forgetDigests(Id id) {
        int slot = 0;
        for (int digits = 1; digits <= KEPT_DIGITS; digits++) {
            slot = slot << 4 | id.nibble(digits - 1);
            digests[digits][slot] = null;
        }
        return true;
    }
}
