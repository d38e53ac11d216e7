// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.streamrelay.api.Endpoint;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressReportsTest {

    private static final Endpoint ONE = Endpoint.of("30.0.0.1", 1);
    private static final Endpoint TWO = Endpoint.of("30.0.0.1", 2);
    private static final Endpoint HOME = Endpoint.of("192.168.1.9", 19777);

    private final AddressReports reports = new AddressReports();

    private static Endpoint reporter(int number) {
        return new Endpoint(0x14000000 + number, 19777);
    }

    @Test
    void thereIsNoViewBeforeAnybodyHasReported() {
        assertNull(reports.widest());
        assertNull(reports.majority(null));
        assertNull(reports.seenBy(reporter(1)));
    }

    @Test
    void theWidestViewCounts() {
        reports.add(View.INTERNET, reporter(1), ONE);
        reports.add(View.LAN, reporter(2), HOME);
        reports.add(View.LAN, reporter(3), HOME);
        assertEquals(View.INTERNET, reports.widest());
        assertEquals(ONE, reports.majority(HOME));
        reports.forget(reporter(1));
        assertEquals(View.LAN, reports.widest());
        assertEquals(HOME, reports.majority(ONE));
    }

    @Test
    void whatIsBelievedStaysUntilAnotherHasMoreVotes() {
        reports.add(View.INTERNET, reporter(1), ONE);
        reports.add(View.INTERNET, reporter(2), TWO);
        assertEquals(TWO, reports.majority(TWO));
        reports.add(View.INTERNET, reporter(3), ONE);
        assertEquals(ONE, reports.majority(TWO));
    }

    /** As behind a symmetric NAT, with one that lies: a single report must not move a node. */
    @Test
    void ofAddressesTheOneThatMostSeeCountsWhateverThePort() {
        Endpoint lie = Endpoint.of("66.0.0.1", 9);
        reports.add(View.INTERNET, reporter(1), lie);
        reports.add(View.INTERNET, reporter(2), ONE);
        reports.add(View.INTERNET, reporter(3), TWO);
        Endpoint gone = Endpoint.of("30.0.0.1", 77);
        assertEquals(gone, reports.majorityOfAddresses(gone));
        assertEquals(ONE, reports.majorityOfAddresses(null));
        reports.add(View.INTERNET, reporter(4), lie);
        reports.add(View.INTERNET, reporter(5), lie);
        assertEquals(lie, reports.majorityOfAddresses(gone));
    }

    @Test
    void aReporterThatSeesUsInAnotherViewIsCountedThereAlone() {
        reports.add(View.INTERNET, reporter(1), ONE);
        reports.add(View.SITE, reporter(1), HOME);
        assertEquals(View.SITE, reports.viewOf(reporter(1)));
        assertEquals(1, reports.size());
    }

    @Test
    void aFullViewLetsTheReportGoThatIsLongestUnrepeated() {
        for (int i = 1; i <= Limits.REPORTS_MAX; i++) {
            reports.add(View.INTERNET, reporter(i), ONE);
        }
        reports.add(View.LAN, reporter(99), HOME);
        reports.add(View.INTERNET, reporter(1), ONE);
        reports.add(View.INTERNET, reporter(98), ONE);
        assertEquals(Limits.REPORTS_MAX + 1, reports.size());
        assertNull(reports.viewOf(reporter(2)));
        assertEquals(View.INTERNET, reports.viewOf(reporter(1)));
        assertEquals(View.LAN, reports.viewOf(reporter(99)));
    }

    @Test
    void aViewIsTheReportersAndWhatItSees() {
        Set<Integer> local = Set.of(HOME.address(), Endpoint.parseAddress("30.0.0.9"));
        int neighbour = Endpoint.parseAddress("192.168.1.8");
        int internet = Endpoint.parseAddress("20.0.0.1");
        assertEquals(View.LAN, View.of(neighbour, HOME.address(), local));
        assertEquals(View.SITE, View.of(neighbour, Endpoint.parseAddress("10.1.1.1"), local));
        assertEquals(View.SITE, View.of(neighbour, ONE.address(), local));
        assertEquals(View.SITE, View.of(internet, HOME.address(), local));
        assertEquals(View.INTERNET, View.of(internet, ONE.address(), local));
        assertEquals(View.INTERNET, View.of(internet, Endpoint.parseAddress("30.0.0.9"), local));
    }
}
