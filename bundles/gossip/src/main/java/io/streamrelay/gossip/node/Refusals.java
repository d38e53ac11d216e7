// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.RefusedException;
import java.util.Locale;

/** How refusals are counted. */
final class Refusals {

    private Refusals() {}

    static String counter(RefusedException refusal) {
        return "refused." + refusal.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
