// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Id;
import io.streamrelay.api.TopicFilter;
import io.streamrelay.mqtt.broker.MqttVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a bridge tells the other bridges on its broker about itself, as lines of {@code key=value}.
 *
 * @param subcluster the id of its subcluster
 * @param version the MQTT version that it speaks with this broker
 * @param routes what it carries
 */
record Announcement(Id subcluster, MqttVersion version, Routes routes) {

    /** The largest text that is read, in bytes: as many routes as a bridge may have, each of some 500 bytes. */
    static final int BYTES_MAX = 256 * 1024;

    byte[] encode() {
        StringBuilder text = new StringBuilder();
        text.append("subcluster=").append(subcluster.hex()).append('\n');
        text.append("format=").append(routes.format().word()).append('\n');
        text.append("mqtt=").append(version.label()).append('\n');
        routes.list()
                .forEach(route -> text.append("route=").append(route.text()).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Reads what another bridge wrote; unknown keys are passed over, and what makes no sense is nothing. */
    static Optional<Announcement> decode(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            return Optional.empty();
        }
        Id subcluster = null;
        Format format = Format.ENVELOPE;
        MqttVersion version = MqttVersion.THREE;
        List<Route> routes = new ArrayList<>();
        try {
            for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
                String value = line.substring(line.indexOf('=') + 1);
                switch (line.substring(0, Math.max(0, line.indexOf('=')))) {
                    case "subcluster" -> subcluster = Id.ofHex(value);
                    case "format" -> format = value.equals(Format.RAW.word()) ? Format.RAW : Format.ENVELOPE;
                    case "mqtt" ->
                        version = value.equals(MqttVersion.FIVE.label()) ? MqttVersion.FIVE : MqttVersion.THREE;
                    case "route" -> routes.add(Route.parse(value));
                    default -> {
                        // A later version may say more.
                    }
                }
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return subcluster == null
                ? Optional.empty()
                : Optional.of(new Announcement(subcluster, version, new Routes(routes, format)));
    }

    /** Whether its bridge does the same work for the same members. */
    boolean isKinOf(Announcement other) {
        return subcluster.equals(other.subcluster) && routes.format() == other.routes.format();
    }

    /** Whether its bridge may take from the broker what another one takes, for the same members. */
    boolean disputes(Announcement other) {
        return isKinOf(other)
                && routes.subscriptions().stream().anyMatch(mine -> other.routes.subscriptions().stream()
                        .anyMatch(theirs -> TopicFilter.overlap(mine.filter(), theirs.filter())));
    }

    boolean leadsOut(String localTopic, String meshTopic) {
        return routes.out(localTopic).stream().anyMatch(hop -> hop.topic().equals(meshTopic));
    }

    boolean leadsIn(String meshTopic, String localTopic) {
        return routes.in(meshTopic).stream().anyMatch(hop -> hop.topic().equals(localTopic));
    }
}
