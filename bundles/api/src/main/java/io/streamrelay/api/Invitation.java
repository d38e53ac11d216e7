// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * What somebody needs to take part in a subcluster, as one line of text. Whoever has it can read and write there: it is
 * as secret as the key in it, and shows itself only through {@link #text()}.
 *
 * @param cluster the cluster's id
 * @param subcluster the subcluster's name, 1 to 64 bytes of UTF-8
 * @param key the subcluster's key, as 32 bytes
 * @param peers where to begin, each {@code host:port} or {@code peerId@host:port}; at most 8
 */
public record Invitation(Id cluster, String subcluster, SharedKey key, List<String> peers) {

    /** What each text begins with; the number is the format's. */
    public static final String PREFIX = "srp1:";

    /** A guess: some are away, and the text should stay one that a person copies. */
    public static final int PEERS_MAX = 8;

    private static final int NAME_BYTES_MAX = 64;
    private static final int PEER_BYTES_MAX = 255;
    private static final int CHECKSUM_BYTES = Integer.BYTES;

    public Invitation {
        Objects.requireNonNull(cluster, "cluster");
        peers = List.copyOf(peers);
        int nameBytes = subcluster.getBytes(StandardCharsets.UTF_8).length;
        if (nameBytes == 0 || nameBytes > NAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "subcluster: a name of " + nameBytes + " bytes cannot be told; 1 to " + NAME_BYTES_MAX + " can");
        }
        if (key.bytes() == null) {
            throw new IllegalArgumentException("key: an invitation has 32 bytes, not a passphrase");
        }
        if (peers.size() > PEERS_MAX) {
            throw new IllegalArgumentException(
                    "peers: " + peers.size() + " are too many; up to " + PEERS_MAX + " can be told");
        }
        for (String peer : peers) {
            int bytes = peer.getBytes(StandardCharsets.UTF_8).length;
            if (bytes == 0 || bytes > PEER_BYTES_MAX) {
                throw new IllegalArgumentException("peers: '" + peer + "' is too long, or empty");
            }
        }
    }

    /** {@value #PREFIX} and letters, digits, dashes and underscores; secret. */
    public String text() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(cluster.bytes());
            out.write(key.bytes());
            write(out, subcluster);
            out.writeByte(peers.size());
            for (String peer : peers) {
                write(out, peer);
            }
            out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte(bytes.length);
        out.write(bytes);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /**
     * Reads what {@link #text()} wrote; line breaks and blanks that came in on the way do no harm.
     *
     * @throws IllegalArgumentException saying what is wrong, without repeating the text, for it is secret
     */
    public static Invitation parse(String text) {
        String joined = text.replaceAll("\\s+", "");
        if (!joined.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "an invitation begins with " + PREFIX + "; this text of " + text.length() + " characters does not");
        }
        byte[] bytes = decode(joined.substring(PREFIX.length()));
        int length = bytes.length - CHECKSUM_BYTES;
        if (length < 0 || ByteBuffer.wrap(bytes).getInt(length) != checksum(bytes, length)) {
            throw damaged();
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length))) {
            Id cluster = Id.of(in.readNBytes(Id.BYTES));
            byte[] key = in.readNBytes(Id.BYTES);
            String name = read(in);
            List<String> peers = new ArrayList<>();
            for (int left = in.readUnsignedByte(); left > 0; left--) {
                peers.add(read(in));
            }
            Invitation invitation = new Invitation(cluster, name, SharedKey.ofBytes(key), peers);
            Arrays.fill(key, (byte) 0);
            return invitation;
        } catch (IOException e) {
            throw damaged();
        }
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // Its message would tell a character of the secret.
            throw damaged();
        }
    }

    private static String read(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readUnsignedByte()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException damaged() {
        return new IllegalArgumentException(
                "the invitation is damaged, or a part of it lacks: copy the whole line once more");
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Invitation[cluster=" + cluster.shortHex() + ", subcluster=" + subcluster + ", peers=" + peers + "]";
    }
}
