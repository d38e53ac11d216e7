// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Observation;
import java.util.List;
import java.util.function.Consumer;

/** Where the engine's actions go. None of them may wait for the engine. */
record Outlets(
        LiveSockets sockets,
        Committer committer,
        Publications publications,
        Consumer<Action.Incoming> deliver,
        Consumer<List<Action.LetGo>> letGo,
        OpenQueries queries,
        QueryHandlers handlers,
        Resolver resolver,
        Consumer<Observation> observer) {}
