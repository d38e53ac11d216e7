// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamrelay.itests.network.process.CommandLoop;
import java.io.IOException;
import org.eclipse.paho.client.mqttv3.MqttException;

/**
 * A program that publishes numbered messages to a broker, or notes those that come from it, on the host of that broker.
 *
 * <p>Commands, the same that a reference peer obeys: {@code publish} ({@code broker}, {@code topic}, {@code first},
 * {@code count}, {@code bytes}, {@code perSecond}, of which 0 is as fast as it goes), {@code published}, {@code note}
 * ({@code broker}, {@code topic}) and {@code noted}.
 */
public final class LoadClient {

    private final CommandLoop loop = new CommandLoop()
            .on("publish", this::publish)
            .on("published", this::published)
            .on("note", this::note)
            .on("noted", this::noted);
    private Publishing publishing;
    private Noting noting;

    private LoadClient() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new LoadClient().loop.run();
        Runtime.getRuntime().halt(0);
    }

    private ObjectNode publish(JsonNode options) throws IOException {
        try {
            if (publishing == null) {
                publishing = new Publishing(options.get("broker").asText());
            }
            publishing.start(options);
            return CommandLoop.line();
        } catch (MqttException e) {
            throw new IOException(e);
        }
    }

    private ObjectNode published(JsonNode options) throws IOException {
        return publishing.state();
    }

    private ObjectNode noted(JsonNode options) throws IOException {
        return noting.take();
    }

    private ObjectNode note(JsonNode options) throws IOException {
        try {
            noting = new Noting(
                    options.get("broker").asText(), options.get("topic").asText());
            return CommandLoop.line();
        } catch (MqttException e) {
            throw new IOException(e);
        }
    }
}
