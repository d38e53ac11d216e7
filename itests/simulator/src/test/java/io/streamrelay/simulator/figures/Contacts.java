// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.simulator.Bandwidth;
import io.streamrelay.simulator.LinkOptions;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.SimulationOptions;
import io.streamrelay.simulator.Traffic;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/**
 * Two gateways that meet for moments (criteria A13, D11, D12).
 *
 * @param contacts how many contacts it took until all was delivered
 * @param ideal how many it would take if contacts carried nothing but each packet once
 * @param goodput needed packets' bytes, of what the contacts could carry
 * @param sentAgain publish bytes beyond what was needed, as a share of that
 * @param cameTwice publish datagrams that came though they had come before, as a share of those needed
 * @param outcome all else
 */
public record Contacts(
        int contacts, int ideal, double goodput, double sentAgain, double cameTwice, TwoGateways.Outcome outcome) {

    private static final LinkOptions NEAR = new LinkOptions(25, 25, 0, 0, 0);

    /**
     * A message, or many, while the link is up for a while in each period.
     *
     * @param up how long a contact lasts
     * @param down how long they are apart
     * @param bits what the reader's line carries in a second
     */
    public record Plan(Duration up, Duration down, long bits, int messages, int bytes, int contactsMax) {}

    public static Contacts measured(
            SimulationOptions options, Plan plan, Function<SimulationOptions, Simulation> stage) {
        TwoGateways two = TwoGateways.prepared(options.withLink(NEAR), stage).line(Bandwidth.ofBits(plan.bits()));
        two.connect(Duration.ofMinutes(2));
        Simulation simulation = two.simulation();
        simulation.cut(0, 1);
        simulation.run(Duration.ofSeconds(1));
        two.write(plan.messages(), plan.bytes(), Duration.ZERO);
        simulation.run(plan.down());
        two.begin();
        int contacts = 0;
        while (!two.isComplete() && contacts < plan.contactsMax()) {
            contacts++;
            simulation.mend(0, 1);
            two.run(plan.up());
            simulation.cut(0, 1);
            if (!two.isComplete()) {
                simulation.run(plan.down());
            }
        }
        return of(two, plan, contacts);
    }

    private static Contacts of(TwoGateways two, Plan plan, int contacts) {
        Traffic.Toward reader = two.towardReader();
        double volume = plan.bits() / 8e3 * plan.up().toMillis();
        long packets = plan.messages() * TwoGateways.packets(plan.bytes());
        double needed = packets * (double) reader.publishBytes() / reader.publishDatagrams();
        return new Contacts(
                contacts,
                (int) Math.ceil(needed / volume),
                needed / (volume * contacts),
                (double) reader.publishDatagrams() / packets - 1,
                (double) two.duplicates() / packets,
                two.outcome());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "contacts %d (ideal %d), goodput %.1f %%, sent again %.1f %%, came twice %.1f %%; %s",
                contacts,
                ideal,
                100 * goodput,
                100 * sentAgain,
                100 * cameTwice,
                outcome);
    }
}
