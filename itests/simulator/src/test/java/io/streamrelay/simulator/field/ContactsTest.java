// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.simulator.SeededTest;
import io.streamrelay.simulator.Stages;
import io.streamrelay.simulator.figures.Contacts;
import io.streamrelay.simulator.figures.TwoGateways;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.TestInfo;

/** Two gateways that meet for moments only go on where they were. */
class ContactsTest {

    private static final long BITS = 64_000;

    private static final double SENT_AGAIN_MAX = 0.05;

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Contacts measured(TestInfo test, long seed, Contacts.Plan plan) {
        Contacts contacts = Contacts.measured(Stages.options(test, seed, TwoGateways.NODES), plan, Stages::simulation);
        System.out.println(test.getDisplayName() + " " + plan + ": " + contacts);
        return contacts;
    }

    private static void expect(boolean condition, Contacts contacts) {
        if (!condition) {
            throw new AssertionError(contacts.toString());
        }
    }

    /** One packet or two of 34 are under way when a contact ends: on this line a packet takes 145 ms and its receipt 60 more. */
    @SeededTest(fixed = 3)
    void aMegabyteComesTogetherInContactsOfFiveSeconds(long seed, TestInfo test) {
        Score row = Score.row("A13").part("5 s contacts").seed(seed).shownBy(test);
        Contacts contacts = measured(
                test, seed, new Contacts.Plan(Duration.ofSeconds(5), Duration.ofSeconds(55), BITS, 1, 1_000_000, 90));
        boolean whole = contacts.outcome().delivered() == 1 && contacts.contacts() <= contacts.ideal() + 1;
        row.measured(String.format(
                        Locale.ROOT,
                        "%.0f %% in %d contacts (%d would do), %.1f %% sent again",
                        100 * contacts.outcome().delivered(),
                        contacts.contacts(),
                        contacts.ideal(),
                        100 * contacts.sentAgain()))
                .passed(whole && contacts.sentAgain() < SENT_AGAIN_MAX);
        expect(whole && contacts.sentAgain() < SENT_AGAIN_MAX, contacts);
    }

    @SeededTest(fixed = 3)
    void contactsOfASecondAreNoLivelock(long seed, TestInfo test) {
        Score row = Score.row("A13")
                .part("1 s contacts")
                .passValue("no livelock")
                .seed(seed)
                .shownBy(test);
        Contacts contacts =
                measured(test, seed, new Contacts.Plan(SECOND, SECOND.multipliedBy(10), BITS, 1, 200_000, 150));
        boolean whole = contacts.outcome().delivered() == 1;
        row.measured((whole ? "whole" : "not whole") + " after " + contacts.contacts() + " contacts")
                .passed(whole);
        expect(whole, contacts);
    }

    @SeededTest(fixed = 3)
    void manyMessagesPassInContactsOfFiveSeconds(long seed, TestInfo test) {
        Score row = Score.row("D11").seed(seed).shownBy(test);
        Contacts contacts = measured(
                test, seed, new Contacts.Plan(Duration.ofSeconds(5), Duration.ofSeconds(55), BITS, 500, 800, 60));
        boolean whole = contacts.outcome().delivered() == 1;
        row.measured(String.format(Locale.ROOT, "%.0f %%", 100 * contacts.goodput()))
                .passed(whole && contacts.goodput() >= 0.8);
        expect(whole && contacts.goodput() >= 0.8, contacts);
    }

    /** As much as the line carries in half of that time. */
    @SeededTest(fixed = 3)
    void aLinkThatFlapsEachSecondStillCarries(long seed, TestInfo test) {
        Score row = Score.row("D12").seed(seed).shownBy(test);
        Contacts contacts = measured(test, seed, new Contacts.Plan(SECOND, SECOND, BITS, 500, 800, 150));
        boolean whole = contacts.outcome().delivered() == 1;
        row.measured(String.format(
                        Locale.ROOT,
                        "%.0f %%, %.0f %% control",
                        100 * contacts.outcome().delivered(),
                        100 * contacts.outcome().control()))
                .passed(whole && contacts.outcome().control() < 0.2);
        expect(whole && contacts.outcome().control() < 0.2, contacts);
    }
}
