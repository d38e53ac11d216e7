// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import java.time.Duration;

/**
 * Messages of 200 bytes to be carried.
 *
 * @param perSecond 0 is as fast as they are taken
 * @param patience for how long nothing comes before those that lack are lost
 * @param afterwards how long it is looked for what comes twice, when all have come
 */
record Load(int count, int perSecond, Duration patience, Duration afterwards) {

    static final int BYTES = 200;
}
