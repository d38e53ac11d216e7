// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.util.Optional;

/**
 * Something that was received and not used.
 *
 * @param reason a short stable name, such as {@code bad-magic}; also the counter {@code drop.bad-magic}
 * @param from where it came from, if from the network
 */
public record Drop(String reason, Optional<Endpoint> from) {}
