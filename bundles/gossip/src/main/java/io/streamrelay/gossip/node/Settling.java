// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Receipt;
import io.streamrelay.api.RefusedException;
import io.streamrelay.gossip.node.Publications.Settlement;
import java.util.function.Consumer;

/** What to do with either answer. */
record Settling(Consumer<Receipt> onAccepted, Consumer<RefusedException> onRefused) implements Settlement {

    @Override
    public void accepted(Receipt receipt) {
        onAccepted.accept(receipt);
    }

    @Override
    public void refused(RefusedException refusal) {
        onRefused.accept(refusal);
    }
}
