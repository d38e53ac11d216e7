// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropCountersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop.too-many",
                "evicted-foreign",
                "evicted-cluster-share",
                "evicted-sender-share",
                "evicted-oldest",
                "expired",
                "not-kept"
            })
    void whatIsNotUsedAndWhatIsLetGoIsDropped(String counter) {
        assertTrue(DropCounters.isDrop(counter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"refused.busy", "sent.sealed", "order.expired", "repaired", "store.commits.refused"})
    void othersAreNot(String counter) {
        assertFalse(DropCounters.isDrop(counter));
    }

    @Test
    void namesEachReasonOnce() {
        assertEquals(
                Map.of("too-many", 4L, "expired", 5L, "evicted-oldest", 7L, "not-kept", 1L),
                DropCounters.byReason(Map.of(
                        "drop.too-many", 4L,
                        "drop.expired", 2L,
                        "expired", 3L,
                        "evicted-oldest", 7L,
                        "not-kept", 1L,
                        "refused.busy", 9L)));
    }
}
