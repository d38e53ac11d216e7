// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Id;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a peer holds of the packets whose ids begin with a prefix: the body of a sync. Arrays are shared: nobody may
 * change them.
 *
 * @param prefix 0 to 63 lower-case hex digits
 * @param hash the SHA-1 over the buckets' hex texts, one after the other
 * @param buckets for each digit that may follow the prefix the SHA-1 over the sorted hex texts of these ids, or null
 *     where there are none
 */
public record Summary(String prefix, byte[] hash, byte[][] buckets) implements Body {

    /** One for each hex digit. */
    public static final int BUCKETS = 16;

    /** The size of each digest, in bytes. */
    public static final int HASH_BYTES = 20;

    private static final int PREFIX_MAX = 63;

    /** A digit and a digest. */
    private static final int BUCKET_BYTES = 1 + HASH_BYTES;

    private static final HexFormat HEX = HexFormat.of();

    /** The summary with these buckets. */
    static Summary of(String prefix, byte[][] buckets) {
        byte[] text = new byte[BUCKETS * 2 * HASH_BYTES];
        int length = 0;
        for (byte[] bucket : buckets) {
            if (bucket != null) {
                for (byte each : bucket) {
                    text[length++] = Digests.hexDigit(each >> 4 & 0xf);
                    text[length++] = Digests.hexDigit(each & 0xf);
                }
            }
        }
        MessageDigest sha1 = Digests.sha1();
        sha1.update(text, 0, length);
        return new Summary(prefix, sha1.digest(), buckets);
    }

    /** What somebody who holds nothing says. */
    public static Summary nothing() {
        return of("", new byte[BUCKETS][]);
    }

    /** What somebody who holds this id says of the longest prefix of it: "I have that one". */
    public static Summary holding(Id id) {
        byte[][] buckets = new byte[BUCKETS][];
        buckets[id.nibble(PREFIX_MAX)] = Digests.sha1().digest(id.hex().getBytes(StandardCharsets.US_ASCII));
        return of(id.hex().substring(0, PREFIX_MAX), buckets);
    }

    /**
     * The body: the number of digits, the digits (an odd number begins with a zero digit), the hash, and each bucket
     * that there is, after its digit.
     */
    public byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(prefix.length());
        out.writeBytes(HEX.parseHex(prefix.length() % 2 == 0 ? prefix : "0" + prefix));
        out.writeBytes(hash);
        for (int digit = 0; digit < BUCKETS; digit++) {
            if (buckets[digit] != null) {
                out.write(digit);
                out.writeBytes(buckets[digit]);
            }
        }
        return out.toByteArray();
    }

    /** Reads a body: a {@link Summary}, or {@link Malformed} for whatever {@link #encode()} does not write. */
    public static Body decode(byte[] body) {
        int digits = body.length == 0 ? PREFIX_MAX + 1 : body[0] & 0xff;
        int hashAt = 1 + (digits + 1) / 2;
        int bucketsAt = hashAt + HASH_BYTES;
        if (digits > PREFIX_MAX || body.length < bucketsAt) {
            return new Malformed(DropReason.BAD_SUMMARY);
        }
        String padded = HEX.formatHex(body, 1, hashAt);
        byte[][] buckets = decodeBuckets(body, bucketsAt);
        if (buckets == null || padded.length() > digits && padded.charAt(0) != '0') {
            return new Malformed(DropReason.BAD_SUMMARY);
        }
        byte[] hash = Arrays.copyOfRange(body, hashAt, bucketsAt);
        return new Summary(padded.substring(padded.length() - digits), hash, buckets);
    }

    /** Null unless each bucket is whole and their digits ascend. */
    private static byte[][] decodeBuckets(byte[] body, int from) {
        if ((body.length - from) % BUCKET_BYTES != 0) {
            return null;
        }
        byte[][] buckets = new byte[BUCKETS][];
        int last = -1;
        for (int at = from; at < body.length; at += BUCKET_BYTES) {
            int digit = body[at] & 0xff;
            if (digit <= last || digit >= BUCKETS) {
                return null;
            }
            buckets[digit] = Arrays.copyOfRange(body, at + 1, at + BUCKET_BYTES);
            last = digit;
        }
        return buckets;
    }
}
