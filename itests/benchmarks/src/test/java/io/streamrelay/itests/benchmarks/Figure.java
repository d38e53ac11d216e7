// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.benchmarks;

/** What is measured: a row of the table. An aim of 0 is none. */
enum Figure {
    ENCODE(Group.CODEC, "encodePublication", "encode a publication, 633 bytes; its id is made", 10),
    ENCODE_WITH_ID(Group.CODEC, "encodePublicationWithId", "the same, its id is known", 10),
    PASS_ON(Group.CODEC, "passOn", "pass it on, one hop more", "encodePublicationWithId", 10),
    DECODE(Group.CODEC, "decodePublication", "decode it", 10),
    DECODE_AND_COPY(Group.CODEC, "decodePublicationAndCopy", "decode it and copy every field", "decodePublication", 10),
    ENCODE_PING(Group.CODEC, "encodePing", "encode a ping", 10),
    DECODE_PING(Group.CODEC, "decodePing", "decode a ping, body included", 10),
    SEAL_200(Group.SEAL, "seal 200", "seal 200 bytes", 2),
    SEAL_1000(Group.SEAL, "seal 1000", "seal 1,000 bytes", 2),
    OPEN_200(Group.SEAL, "open 200", "open 200 bytes", 2),
    OPEN_1000(Group.SEAL, "open 1000", "open 1,000 bytes", 2),
    SEAL_FROM_STOCK(Group.SEAL, "sealFromStock", "seal 200 bytes, 64 messages after a pause", "seal 200", 0),
    SUMMARY(Group.SUMMARY, "summaryAfterInsert", "insert into a full cache, then its summary", 100),
    SUMMARY_FROM_SCRATCH(Group.SUMMARY, "summaryFromScratch", "the same with nothing kept", "summaryAfterInsert", 0),
    SYNC_1(Group.SYNC, "sync 1", "1", 0),
    SYNC_100(Group.SYNC, "sync 100", "100", 0),
    SYNC_1000(Group.SYNC, "sync 1000", "1,000", 0);

    private final Group group;
    private final String key;
    private final String label;
    private final String referenceKey;
    private final double aim;

    Figure(Group group, String key, String label, double aim) {
        this(group, key, label, key, aim);
    }

    Figure(Group group, String key, String label, String referenceKey, double aim) {
        this.group = group;
        this.key = key;
        this.label = label;
        this.referenceKey = referenceKey;
        this.aim = aim;
    }

    Group group() {
        return group;
    }

    /** The benchmark's method, and the value of its parameter. */
    String key() {
        return key;
    }

    String label() {
        return label;
    }

    /** The operation of the others that does the same. */
    String referenceKey() {
        return referenceKey;
    }

    /** How many times as fast as the reference it is to be. */
    double aim() {
        return aim;
    }
}
