// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line by which a gateway says that everything is up.
 *
 * @param mqttPort of its broker, or 0: it has none
 */
public record ReadyLine(String peerId, int udpPort, int mqttPort, String http) {

    private static final int NO_BROKER = 0;

    private static final Pattern FORM =
            Pattern.compile("streamrelay ready peer=([0-9a-f]{64}) udp=(\\d+) mqtt=(\\d+|none) http=(\\S+)");

    /** Empty when the line is another. */
    static Optional<ReadyLine> parse(String line) {
        Matcher matcher = FORM.matcher(line);
        return matcher.matches()
                ? Optional.of(new ReadyLine(
                        matcher.group(1),
                        Integer.parseInt(matcher.group(2)),
                        matcher.group(3).equals("none") ? NO_BROKER : Integer.parseInt(matcher.group(3)),
                        matcher.group(4)))
                : Optional.empty();
    }

    /** Where MQTT clients connect. */
    public String brokerUrl() {
        return "tcp://127.0.0.1:" + mqttPort;
    }
}
