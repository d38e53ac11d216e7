// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.console.FakeRelay;
import io.streamrelay.console.view.Views;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;

class FindingCheckTest {

    private final FakeRelay relay = new FakeRelay();

    @Test
    void isOkWhenAllIsWell() {
        assertEquals(Result.Status.OK, new StoreCheck(Views.of(relay)).execute().getStatus());
        assertEquals(Result.Status.OK, new ClockCheck(Views.of(relay)).execute().getStatus());
    }

    @Test
    void warnsOfWhatIsToBeWatchedWithAdvice() {
        Result result = new PeersCheck(Views.of(relay)).execute();
        assertEquals(Result.Status.WARN, result.getStatus());
        assertTrue(result.toString().contains("no peer is connected; set peers"), result.toString());
    }

    @Test
    void isCriticalWhenItIsBad() {
        BrokerCheck check = new BrokerCheck(Views.of(relay, Views.bridge("demo", false)));
        assertEquals(Result.Status.CRITICAL, check.execute().getStatus());
    }

    @Test
    void isCriticalWithoutANode() {
        Result result = new StoreCheck(Views.of(null)).execute();
        assertEquals(Result.Status.CRITICAL, result.getStatus());
        assertTrue(result.toString().contains("the node is not running"), result.toString());
    }
}
