// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Id;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The set of packet ids that a peer holds, with what it says of them to others: for each prefix of hex digits the
 * SHA-1 over the sorted ids that begin with it, as lower-case hex text, one after the other (protocol-v6 §3.16).
 *
 * <p>By this definition a digest covers every id below its prefix, so that one more id makes one digest of each level
 * stale. Only those are forgotten, and made anew when somebody asks. They are kept down to prefixes of three digits: longer
 * ones have few ids, under two for the reference's cache of 6,604. Not thread-safe.
 */
public final class SummaryTrie {

    private static final int HEX_DIGITS = 2 * Id.BYTES;

    private final IdDigit[] digits = new IdDigit[Summary.BUCKETS];
    private int size;
    private Summary all;

    /** Adds an id; false when it was there already. */
    public boolean insert(Id id) {
        int digit = id.nibble(0);
        if (digits[digit] == null) {
            digits[digit] = new IdDigit();
        }
        return digits[digit].insert(id) && changed(1);
    }

    /** Takes an id out; false when it was not there. */
    public boolean remove(Id id) {
        IdDigit digit = digits[id.nibble(0)];
        return digit != null && digit.remove(id) && changed(-1);
    }

    private boolean changed(int difference) {
        size += difference;
        all = null;
        return true;
    }

    public boolean contains(Id id) {
        IdDigit digit = digits[id.nibble(0)];
        return digit != null && digit.contains(id);
    }

    public int size() {
        return size;
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
        if (!prefix.isEmpty()) {
            return makeSummary(prefix);
        }
        all = all == null ? makeSummary(prefix) : all;
        return all;
    }

    private Summary makeSummary(String prefix) {
        byte[][] buckets = new byte[Summary.BUCKETS][];
        byte[] text = text(prefix + '0');
        for (int digit = 0; digit < Summary.BUCKETS; digit++) {
            text[text.length - 1] = Digests.hexDigit(digit);
            buckets[digit] = digest(text);
        }
        return Summary.of(prefix, buckets);
    }

    /** The hash of everything: equal sets have equal ones. */
    public byte[] hash() {
        return summary("").hash();
    }

    /** The ids that begin with these hex digits, sorted, as a copy. */
    public List<Id> ids(String prefix) {
        byte[] text = text(prefix);
        Stream<IdDigit> first = text.length == 0 ? Stream.of(digits) : Stream.of(digits[digit(text, 0)]);
        return first.filter(Objects::nonNull)
                .flatMap(digit -> text.length < 2 ? digit.blocks() : Stream.ofNullable(digit.block(digit(text, 1))))
                .flatMap(block -> block.ids(text).stream())
                .toList();
    }

    private byte[] digest(byte[] text) {
        IdDigit first = digits[digit(text, 0)];
        if (first == null || text.length == 1) {
            return first == null ? null : first.digest();
        }
        IdBlock block = first.block(digit(text, 1));
        return block == null ? null : block.digest(text);
    }

    private static int digit(byte[] text, int place) {
        return Character.digit(text[place], 16);
    }

    /** As ids are written. */
    private static byte[] text(String prefix) {
        if (!prefix.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("a prefix is written in hex digits, not '" + prefix + "'");
        }
        return prefix.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }
}
