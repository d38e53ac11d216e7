// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Receipt;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** What a subcluster wants of the node that it is open at. */
interface SubclusterHost {

    /** It takes no further part; told once, before anything of it is taken down. */
    void closed(MeshSubcluster subcluster);

    /** Where messages about keys go. */
    KeyWatch keys();

    /** Moves its members to a new key. */
    CompletionStage<Receipt> rotate(MeshSubcluster subcluster, Duration overlap);

    /** How many former keys still open messages for it. */
    int formerKeys(MeshSubcluster subcluster);
}
