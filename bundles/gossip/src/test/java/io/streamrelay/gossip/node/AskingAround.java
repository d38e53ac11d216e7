// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Answer;
import io.streamrelay.api.Query;
import io.streamrelay.api.StreamRelay;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** README.md shows what stands between the marks. */
final class AskingAround {

    private AskingAround() {}

    static void answer(StreamRelay node) {
        // begin: query
        // One peer answers what it knows; what it does not know it passes on.
        node.onQuery(question -> question.text().contains("temperature")
                ? Optional.of("{\"celsius\":21.5}".getBytes(StandardCharsets.UTF_8))
                : Optional.empty());
        // end: query
    }

    static CompletionStage<List<Answer>> ask(StreamRelay node) {
        // begin: ask
        // Another asks whoever is within reach, and takes the first answer.
        Query query = Query.of("{\"what\":\"temperature\"}")
                .within(Duration.ofSeconds(5))
                .enough(1);
        return node.query(query);
        // end: ask
    }
}
