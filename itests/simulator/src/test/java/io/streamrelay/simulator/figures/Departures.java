// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.simulator.Churn;
import io.streamrelay.simulator.ChurnOptions;
import io.streamrelay.simulator.ChurnOptions.Way;
import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.MessageBook;
import io.streamrelay.simulator.Simulation;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * S2: one packet is published, and for a minute everybody but the public peers comes and goes.
 *
 * @param atTheEnd who holds it when the minute is over, among the subscribers that are up
 * @param aMinuteLater the same a minute after that
 */
public record Departures(Share atTheEnd, Share aMinuteLater) {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int PLAINTEXT_BYTES = 200;

    /** How long a restart takes: a guess; the reference's figures do not say. */
    private static final long AWAY_MEAN_MS = 500;

    /** Ten departures of each node in the minute. */
    public static final ChurnOptions RESTART = new ChurnOptions(Way.RESTART, 5_500, AWAY_MEAN_MS);

    public static final ChurnOptions REPLACE = new ChurnOptions(Way.REPLACE, 5_500, AWAY_MEAN_MS);

    /** One in the mean. */
    public static final ChurnOptions REPLACE_ONCE = new ChurnOptions(Way.REPLACE, 59_500, AWAY_MEAN_MS);

    /** What it sets, in one line. */
    static String conditions() {
        return "plaintextBytes=" + PLAINTEXT_BYTES + " lifetimeMs=" + MessageBook.LIFETIME_MS + " churnMs="
                + MINUTE.toMillis() + " awayMeanMs=" + AWAY_MEAN_MS + " upMeanMs=" + RESTART.upMeanMs() + ","
                + REPLACE.upMeanMs() + "," + REPLACE_ONCE.upMeanMs();
    }

    public static Departures measured(NatCrowd crowd, ChurnOptions options) {
        Simulation simulation = crowd.simulation();
        Message message = crowd.publish(PLAINTEXT_BYTES);
        int nodes = simulation.options().nodes();
        Churn churn = simulation.churn(
                options, IntStream.range(crowd.publicNodes(), nodes).toArray());
        simulation.run(MINUTE);
        Share atTheEnd = Holders.of(simulation, message);
        churn.end();
        simulation.run(MINUTE);
        return new Departures(atTheEnd, Holders.of(simulation, message));
    }
}
